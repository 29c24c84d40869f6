// The figures are made anew each time from ledgers and logs, so nothing is kept that could disagree with them. Only
// `silence` and `restore` write, and only the project's own settings for one machine.
#include "system/system.h"
#include "cli/call.h"
#include "cli/query_options.h"
#include "cli/verbs.h"
#include "client/built_in.h"
#include "events/event_session.h"
#include "files/atomic_write.h"
#include "settings/tuning_record.h"
#include "store/store.h"
#include "unicode/utf8.h"
#include "usage/report.h"

#include <cascade/hook.h>

#include <algorithm>
#include <ctime>

// `listing tune` keeps a record of its own: each of the two takes back only what it wrote.
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

// Takes those out of `silenced` that were named; the first that is not among them, if any.
std::optional<std::string> take_out(const std::vector<std::string>& names, std::vector<std::string>& silenced) {
  const std::vector<std::string> all = silenced;
  for (const std::string& name : names) {
    const std::string bare = name.substr(name.rfind(':') + 1);  // npos + 1 is 0
    if (std::ranges::find(all, bare) == all.end()) return name;
    std::erase(silenced, bare);
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

struct UsageOptions {
  std::vector<std::string> words;
  std::optional<std::uint32_t> days;
  std::string prompts;
  bool project = false, dry_run = false, all = false, lessons = false;

  std::string action() const { return words.empty() ? std::string() : words.front(); }
};

usage::Question question_of(const UsageOptions& options) {
  constexpr std::uint32_t usual_days = 30;
  constexpr std::int64_t day = 86'400;
  usage::Question question;
  question.until = std::time(nullptr);
  question.since = question.until - std::int64_t{options.days.value_or(usual_days)} * day;
  if (options.project) question.project = files::DiskTree().real_path(".").value_or("/");
  return question;
}

Result<void> check_action(const UsageOptions& options) {
  const std::string action = options.action();
  if (action.empty()) return {};
  const Verb& usage = *find_verb("usage");
  const auto actions = actions_of(usage);
  if (std::ranges::find(actions, action) == actions.end())
    return misuse("usage has no action '" + action + "'", std::string(usage.takes));
  return {};
}

// What would be ignored is refused: an action writes settings, and a file is no report.
Result<void> check(const UsageOptions& options, Format format) {
  constexpr std::uint32_t most_days = 3'660;
  if (options.days && (*options.days == 0 || *options.days > most_days))
    return misuse("--days is a number of days, at most ten years", "as in --days 30");
  if (!options.prompts.empty() && options.lessons) return misuse("--prompts and --lessons exclude each other");
  const bool is_report = options.prompts.empty() && !options.lessons, acts = !options.words.empty();
  if (acts && (options.days || options.project || options.all || !is_report || format != Format::text))
    return misuse("an action takes --dry-run alone", "cascade usage " + options.words.front() + " --dry-run");
  if (!acts && options.dry_run) return misuse("--dry-run is for actions such as silence", "leave it out");
  if (!is_report && format != Format::text)
    return misuse("--prompts and --lessons have a format of their own", "leave --format out");
  if (!is_report && options.all) return misuse("--all is for the report", "leave it out");
  return {};
}

// To a file that only the user can read, or to standard output.
Exit write_prompts(Call& call, const usage::Report& report, const std::string& path) {
  const std::string text = usage::prompts_file(report);
  if (path == "-") {
    call.console().print(text);
  } else if (auto done = files::write_output(path, text, 0600); !done) {
    return call.console().fail(done.error());
  }
  if (text.empty()) call.console().note("no prompt of these sessions is known");
  return Exit::yes;
}

Exit write_lessons(Call& call, const usage::Report& report) {
  const std::string text = usage::lessons_file(report);
  call.console().print(text);
  if (text.empty()) call.console().note("nothing was used that a prompt had not brought");
  return Exit::yes;
}

Exit show(Call& call, const Workspace& workspace, const usage::Report& report, bool all, Format format) {
  const Registry registry = workspace.registry();
  const listing::Switches switches = switches_here(call, workspace);
  const auto is_open = [&](ManifestId id) {
    return listing::standing(registry, id, switches) == listing::Standing::open;
  };
  const usage::Actions actions = usage::actions_of(report, registry, is_open);
  call.step("actions");
  return call.console().show(rendering::usage_report(report, actions, all, format, call.console().paint()));
}

// Switches skills and commands to "only by name" in the project's own settings for one machine. misuse: no name, or one
// that has no switch.
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
      (dry_run ? "" : "next: cascade usage restore NAME takes one back, cascade usage restore: the file as it was\n"));
  return Exit::yes;
}

// Takes back what was silenced, or those `names` of it. Exits with 1 if nothing was silenced here, or one of them was
// not.
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

// The figures of the sessions that `question` asks for: of ledgers, the clients' logs and the library that `workspace`
// has open.
usage::Report usage_of(const Call& call, const Workspace& workspace, const Registry& registry,
                       const usage::Question& question) {
  const files::DiskTree tree;
  const usage::Ledgers ledgers =
      usage::read_ledgers(tree, call.environment().state, question.session.empty() ? question.since : 0);
  const auto logs =
      usage::find_logs(tree, [&](const transcript::Format& format) { return log_folder(call.environment(), format); });
  usage::Library library(registry, [&](const ManifestView& manifest, const SectionView& section) {
    return workspace.read(manifest, section);
  });
  return usage::report_of(tree, ledgers, logs, library, question);
}

}  // namespace

Exit run_usage(Call& call) {
  UsageOptions options;
  Arguments arguments("usage");
  arguments.number("--days", options.days);
  arguments.flag("--project", options.project);
  arguments.optional_text("--prompts", "-", options.prompts);
  arguments.flag("--lessons", options.lessons);
  arguments.flag("--all", options.all);
  arguments.flag("--dry-run", options.dry_run);
  arguments.words("ACTION", options.words, 0, 1'000);
  if (const auto ended = call.read(arguments, {Format::text, Format::json})) return *ended;
  if (const auto checked = check(options, call.format()); !checked) return call.console().fail(checked.error());
  const std::string action = options.action();
  const std::vector<std::string> names(options.words.begin() + (action.empty() ? 0 : 1), options.words.end());
  if (const auto known = check_action(options); !known) return call.console().fail(known.error());
  if (action == "restore") return restore_silenced(call, names, options.dry_run);
  auto workspace = call.open();
  if (!workspace) return call.console().fail(workspace.error());
  if (action == "silence") return silence(call, workspace->registry(), names, options.dry_run);
  if (call.environment().state.empty())
    return call.console().fail(
        {ErrorCode::not_found, "there is no folder with ledgers", {}, "set HOME or XDG_STATE_HOME"});
  const Registry registry = workspace->registry();
  const usage::Report report = usage_of(call, *workspace, registry, question_of(options));
  call.step("logs");
  if (!options.prompts.empty()) return write_prompts(call, report, options.prompts);
  if (options.lessons) return write_lessons(call, report);
  return show(call, *workspace, report, options.all, call.format());
}

// The last of the ledger's sections, and what became of each.
Result<std::string> report_of_session(Call& call, const std::string& id, Format format) {
  auto workspace = call.open();
  if (!workspace) return workspace.error();
  usage::Question question;
  question.session = id;
  question.until = std::time(nullptr);
  const Registry registry = workspace->registry();
  return rendering::session_report(usage_of(call, *workspace, registry, question), id, format, call.console().paint());
}

core::Came what_came(Call& call, const Workspace& library, std::int64_t since) {
  usage::Question question;
  question.until = std::time(nullptr);
  question.since = since;
  const Registry registry = library.registry();
  const usage::Report report = usage_of(call, library, registry, question);
  core::Came came;
  came.sessions = report.sessions;
  for (const usage::Row& row : report.manifests) {
    came.manifests.insert(row.name);
    if (row.figures.sent + row.loads + row.taken > 0) came.loaded.insert(row.name);
  }
  for (const usage::AskedPrompt& prompt : report.prompts) came.manifests.insert(prompt.used.begin(), prompt.used.end());
  return came;
}

}  // namespace cascade::cli

namespace cascade::core {
namespace {

using cli::Group, cli::Words;
constexpr cli::Verb usage_verbs[] = {
    {"usage", Group::day, 90, "say what was sent and whether it served; silence what is noise", cli::run_usage,
     Words::manifests, "silence NAME..., restore [NAME...]"},
};

}  // namespace

extern const System usage_system = {
    .name = "usage",
    .verbs = {usage_verbs, std::size(usage_verbs)},
    .doctor = {cli::store_examinations, std::size(cli::store_examinations)},
    .report = cli::report_of_session,
    .came = cli::what_came,
};

}  // namespace cascade::core
