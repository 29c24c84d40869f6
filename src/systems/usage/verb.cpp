// The figures are made anew each time from ledgers and logs, so nothing is kept that could disagree with them. Only
// `silence` and `restore` write, and only the project's own settings for one machine.
#include "cli/call.h"
#include "cli/query_options.h"
#include "events/event_session.h"
#include "files/atomic_write.h"
#include "files/tree.h"
#include "policy/policy.h"
#include "system/system.h"
#include "usage/render.h"
#include "usage/usage_verb.h"

#include <cascade/hook.h>

#include <algorithm>
#include <ctime>
#include <iterator>
#include <optional>

namespace cascade::cli {
namespace {

struct UsageOptions {
  std::vector<std::string> words;
  std::optional<std::uint32_t> days;
  std::string prompts;
  bool project = false, dry_run = false, all = false, lessons = false;

  std::string action() const { return words.empty() ? std::string() : words.front(); }
};

constexpr std::string_view actions[] = {"silence", "restore"};

usage::Question question_of(const UsageOptions& options) {
  constexpr std::uint32_t usual_days = 30;
  constexpr std::int64_t day = 86'400;
  usage::Question question;
  question.until = std::time(nullptr);
  question.since = question.until - std::int64_t{options.days.value_or(usual_days)} * day;
  if (options.project) question.project = files::DiskTree().real_path(".").value_or("/");
  return question;
}

// What would be ignored is refused: an action writes settings, and a file is no report.
Result<void> check_together(const UsageOptions& options, Format format) {
  const bool is_report = options.prompts.empty() && !options.lessons, acts = !options.words.empty();
  if (acts && (options.days || options.project || options.all || !is_report || format != Format::text))
    return misuse("an action takes --dry-run alone", "cascade usage " + options.words.front() + " --dry-run");
  if (!acts && options.dry_run) return misuse("--dry-run is for actions such as silence", "leave it out");
  if (!is_report && format != Format::text)
    return misuse("--prompts and --lessons have a format of their own", "leave --format out");
  if (!is_report && options.all) return misuse("--all is for the report", "leave it out");
  return {};
}

Result<void> check_action(const UsageOptions& options) {
  const std::string action = options.action();
  if (action.empty()) return {};
  if (std::ranges::find(actions, action) == std::end(actions))
    return misuse("usage has no action '" + action + "'", "silence NAME..., restore [NAME...]");
  return {};
}

Result<void> check(const UsageOptions& options, Format format) {
  constexpr std::uint32_t most_days = 3'660;
  if (options.days && (*options.days == 0 || *options.days > most_days))
    return misuse("--days is a number of days, at most ten years", "as in --days 30");
  if (!options.prompts.empty() && options.lessons) return misuse("--prompts and --lessons exclude each other");
  return check_together(options, format);
}

// To a file that only the user can read, or to standard output.
Exit write_prompts(Call& call, const usage::Report& report, const std::string& path) {
  const std::string text = usage::prompts_file(report);
  if (path == "-") {
    call.console().print(text);
  } else if (auto done = files::write_atomically(path, text, 0600); !done) {
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
  if (const auto ended = call.read(arguments)) return *ended;
  const auto format = call.format({Format::text, Format::json});
  if (!format) return call.console().fail(format.error());
  if (const auto checked = check(options, *format); !checked) return call.console().fail(checked.error());
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
  return show(call, *workspace, report, options.all, *format);
}

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

// What others ask of it: the report of one session, and which manifests came.

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
  for (const usage::Row& row : report.manifests) came.manifests.insert(row.name);
  for (const usage::AskedPrompt& prompt : report.prompts) came.manifests.insert(prompt.used.begin(), prompt.used.end());
  return came;
}

}  // namespace cascade::cli
