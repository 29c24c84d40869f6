// `listing tune` keeps a record of its own: each of the two takes back only what it wrote.
#include "usage/usage_verb.h"

#include "cli/query_options.h"
#include "client/built_in.h"
#include "files/tree.h"
#include "render/parts.h"
#include "settings/tuning_record.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::cli {
namespace {

using unicode::displayable;

// Why the user has no switch for it, or must not use it: what is wrong and what to do. Nothing: the switch is free.
std::optional<Error> no_switch(const Registry& registry, const Symbol& symbol, const std::string& name) {
  const auto id = registry.find(symbol);
  const std::string none = "'" + name + "' has no switch of yours";
  if (client::is_entry_name(symbol.name))
    return misuse("'" + name + "' is Cascade's own entry: without it the model cannot take what is offered",
                  "`cascade hook --off` lets all hooks be silent, `cascade init --remove` takes them out");
  if (id && registry[*id].scope == Scope::plugin)
    return misuse(none, "only an administrator's settings switch a plugin's skills");
  if (symbol.kind == Kind::agent) return misuse(none, "the client has no switch for agents");
  return std::nullopt;
}

// The names under which the client's settings switch these; nothing: one has no switch, which has been reported.
std::optional<std::vector<std::string>> switched_names(Call& call, const Registry& registry,
                                                       const std::vector<std::string>& names) {
  std::vector<std::string> switched;
  for (const std::string& name : names) {
    const auto symbol = find_symbol(registry, name, call.console());
    if (!symbol) return std::nullopt;
    if (const auto reason = no_switch(registry, *symbol, name)) {
      call.console().fail(*reason);
      return std::nullopt;
    }
    switched.push_back(symbol->name);
  }
  return switched;
}

}  // namespace

Exit silence(Call& call, const Registry& registry, const std::vector<std::string>& names, bool dry_run) {
  const std::string& state = call.environment().state;
  if (names.empty()) return call.console().fail(misuse("silence needs names", "cascade usage silence NAME..."));
  if (state.empty())
    return call.console().fail({ErrorCode::not_found,
                                "there is no folder to keep what was there before in",
                                {},
                                "set HOME or XDG_STATE_HOME"});
  const auto switched = switched_names(call, registry, names);
  if (!switched) return Exit::misuse;
  const files::DiskTree tree;
  const std::string path = init::tuned_settings_path();
  std::vector<std::string> all = *switched;
  if (const auto earlier = init::read_tuning(tree, state, path, init::Purpose::silencing))
    for (std::string& one : init::tuned_skills(*earlier))
      if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
  const auto plan = init::plan_tuned_settings(tree, state, path, all, init::Purpose::silencing);
  if (!plan) return call.console().fail(plan.error());
  if (!dry_run && plan->changes())
    if (auto done = init::write_tuned_settings(state, *plan, init::Purpose::silencing); !done)
      return call.console().fail(done.error());
  const init::TuningRecord made{path, plan->before, plan->after.value_or(""), false, init::Purpose::silencing};
  const std::vector<std::string> added = init::tuned_skills(made);
  std::string text;
  for (const std::string& name : *switched) {
    const bool is_new = std::ranges::find(added, name) != added.end();
    text += is_new ? (dry_run ? "would silence " : "silenced ") + displayable(name) + "\n"
                   : displayable(name) + " has a setting already, which stays\n";
  }
  call.console().print(
      text + "in " + displayable(path) + "; by its name, anybody can still call it\n" +
      (dry_run ? ""
               : "next: cascade usage restore NAME takes one back, cascade usage restore all: the file as it was\n"));
  return Exit::yes;
}

namespace {

// Takes those out of `silenced` that were named; the first that is not among them, if any.
std::optional<std::string> take_out(const std::vector<std::string>& names, std::vector<std::string>& silenced) {
  const std::vector<std::string> all = silenced;
  for (const std::string& name : names) {
    const std::string bare = name.substr(name.rfind(':') + 1);  // npos + 1 is 0
    if (std::ranges::find(all, bare) == all.end()) return name;
    silenced.erase(std::remove(silenced.begin(), silenced.end(), bare), silenced.end());
  }
  return std::nullopt;
}

// The file without all that was silenced. `restored`: what is said of it first.
Exit restore_all(Call& call, const init::TuningRecord& record, const std::string& restored, bool dry_run) {
  const auto undone = init::undo_tuned_settings(call.environment().state, record, dry_run);
  if (!undone) return call.console().fail(undone.error());
  std::string how = "without what was silenced; what was changed since stays\n";
  if (*undone == init::Undone::as_before) how = "as it was, byte for byte\n";
  if (*undone == init::Undone::removed) how = "gone, as it was before\n";
  call.console().print(restored + displayable(record.path) + (dry_run ? " would be " : " is ") + how);
  return Exit::yes;
}

Exit restore_but(Call& call, const init::TuningRecord& record, const std::vector<std::string>& kept,
                 const std::string& restored, bool dry_run) {
  const std::string& state = call.environment().state;
  const auto plan = init::plan_tuned_settings(files::DiskTree(), state, record.path, kept, init::Purpose::silencing);
  if (!plan) return call.console().fail(plan.error());
  if (!dry_run)
    if (auto done = init::write_tuned_settings(state, *plan, init::Purpose::silencing); !done)
      return call.console().fail(done.error());
  call.console().print(restored + "still silenced in " + displayable(record.path) + ": " + rendering::listed(kept) +
                       "\n");
  return Exit::yes;
}

}  // namespace

Exit restore_silenced(Call& call, const std::vector<std::string>& names, bool dry_run) {
  const std::string path = init::tuned_settings_path(), &state = call.environment().state;
  const auto record = init::read_tuning(files::DiskTree(), state, path, init::Purpose::silencing);
  if (!record && record.error().code == ErrorCode::not_found) {
    call.console().complain("nothing was silenced here\n  help: cascade usage silence NAME...");
    return Exit::no;
  }
  if (!record) return call.console().fail(record.error());
  const std::vector<std::string> silenced = init::tuned_skills(*record);
  std::vector<std::string> kept = silenced;
  if (const auto unknown = take_out(names, kept)) {
    call.console().complain("'" + *unknown +
                            "' was not silenced here\n  help: these were: " + rendering::listed(silenced));
    return Exit::no;
  }
  if (names.empty()) kept.clear();
  std::string restored;
  for (const std::string& name : silenced)
    if (std::ranges::find(kept, name) == kept.end())
      restored += (dry_run ? "would restore " : "restored ") + displayable(name) + "\n";
  return kept.empty() ? restore_all(call, *record, restored, dry_run)
                      : restore_but(call, *record, kept, restored, dry_run);
}

}  // namespace cascade::cli
