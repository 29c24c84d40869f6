// The record is written before the settings, so that a changed file can always be restored. `listing tune` keeps a
// record of its own: each of the two takes back only what it wrote.
#include "cli/usage_silence.h"

#include "cli/item.h"
#include "client/names.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "init/tuning_record.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::cli {
namespace {

using unicode::displayable;

std::string silenced_path() {
  const files::DiskTree tree;
  const std::string path = files::join(tree.real_path(".").value_or("."), client::own_folder::local_settings);
  return tree.real_path(path).value_or(path);
}

Result<void> keep_and_write(const std::string& state, const init::Plan& plan) {
  const files::DiskTree tree;
  init::TuningRecord record{plan.path, plan.before, *plan.after, false, init::Purpose::silencing};
  record.made_folder = !tree.stat(std::string(files::parent(plan.path))).has_value();
  if (const auto earlier = init::read_tuning(tree, state, plan.path, init::Purpose::silencing)) {
    const auto back = init::plan_untuned_settings(tree, *earlier);
    if (!back) return back.error();
    record.before = back->after;
    record.made_folder = earlier->made_folder;
  }
  if (auto kept = init::write_tuning(state, record); !kept) return kept;
  return init::carry_out(plan);
}

// The names under which the client's settings switch these; nothing: one has no switch, which has been reported.
std::optional<std::vector<std::string>> switched_names(Call& call, const Registry& registry,
                                                       const std::vector<std::string>& names) {
  std::vector<std::string> switched;
  for (const std::string& name : names) {
    const auto symbol = find_symbol(registry, name, call.console());
    if (!symbol) return std::nullopt;
    const auto id = registry.find(*symbol);
    const bool of_plugin = id && registry[*id].scope == Scope::plugin;
    if (symbol->kind == Kind::agent || of_plugin) {
      call.console().fail(misuse("'" + name + "' has no switch of yours",
                                 of_plugin ? "only an administrator's settings switch a plugin's skills"
                                           : "the client has no switch for agents"));
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
  const std::string path = silenced_path();
  std::vector<std::string> all = *switched;
  if (const auto earlier = init::read_tuning(tree, state, path, init::Purpose::silencing))
    for (std::string& one : init::tuned_skills(*earlier))
      if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
  const auto plan = init::plan_tuned_settings(tree, state, path, all, init::Purpose::silencing);
  if (!plan) return call.console().fail(plan.error());
  if (!dry_run && plan->changes())
    if (auto done = keep_and_write(state, *plan); !done) return call.console().fail(done.error());
  const init::TuningRecord made{path, plan->before, plan->after.value_or(""), false, init::Purpose::silencing};
  const std::vector<std::string> added = init::tuned_skills(made);
  std::string text;
  for (const std::string& name : *switched) {
    const bool is_new = std::find(added.begin(), added.end(), name) != added.end();
    text += is_new ? (dry_run ? "would silence " : "silenced ") + displayable(name) + "\n"
                   : displayable(name) + " has a setting already, which stays\n";
  }
  call.console().print(text + "in " + displayable(path) + "; by its name, anybody can still call it\n" +
                       (dry_run ? "" : "next: cascade usage restore gives the file back as it was\n"));
  return Exit::yes;
}

Exit restore_silenced(Call& call, bool dry_run) {
  const files::DiskTree tree;
  const std::string path = silenced_path(), &state = call.environment().state;
  const auto record = init::read_tuning(tree, state, path, init::Purpose::silencing);
  if (!record && record.error().code == ErrorCode::not_found) {
    call.console().complain("nothing was silenced here\n  help: cascade usage silence NAME...");
    return Exit::no;
  }
  if (!record) return call.console().fail(record.error());
  const auto plan = init::plan_untuned_settings(tree, *record);
  if (!plan) return call.console().fail(plan.error());
  const bool as_before = plan->after == record->before;
  if (!dry_run) {
    if (auto done = init::carry_out(*plan); !done) return call.console().fail(done.error());
    if (record->made_folder) files::remove_empty_folder(std::string(files::parent(path)));
    if (auto done = init::forget_tuning(state, path, init::Purpose::silencing); !done)
      return call.console().fail(done.error());
  }
  const std::string is = dry_run ? " would be " : " is ";
  call.console().print(displayable(path) + is +
                       (as_before ? plan->after ? "as it was, byte for byte\n" : "gone, as it was before\n"
                                  : "without what was silenced; what was changed since stays\n"));
  return Exit::yes;
}

}  // namespace cascade::cli
