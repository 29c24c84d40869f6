// Judges a repository: what its files say, what its history shows, and with --run how its own commands end.
#include "audit/audit.h"
#include "audit/render.h"
#include "cli/call.h"
#include "cli/console.h"
#include "cli/environment.h"
#include "confined/confined.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "history/history.h"
#include "scores/scores.h"
#include "syntax/json.h"
#include "syntax/members.h"

#include <cstdlib>
#include <optional>
#include <utility>

namespace cascade::cli {
namespace {

constexpr std::uint64_t largest_export = 16u << 20;

struct AuditOptions {
  std::vector<std::string> roots;
  std::string explain, ci;
  std::optional<std::uint32_t> least, seconds, megabytes, processes;
  bool run = false, yes = false, network = false;
};

// Empty: it is no repository of git, or nothing was committed.
std::optional<audit::Past> past_of_root(Call& call, const std::string& root) {
  if (!files::DiskTree().stat(files::join(root, ".git"))) return std::nullopt;
  const auto history = metrics::read_history(git_program(), root, "");
  if (!history) {
    call.console().note("no history is looked at: " + history.error().message +
                        (history.error().help.empty() ? "" : "\n  help: " + history.error().help));
    return std::nullopt;
  }
  return audit::past_of(*history);
}

// As `cascade` says, which has the validator (system.cpp). Without it the files alone are judged.
audit::Manifests manifests_of(Call& call, const std::string& root) {
  files::ProgramCall asked;
  asked.words = {main_program(), "manifests", root};
  if (call.console().quiet()) asked.words.insert(asked.words.begin() + 1, "--quiet");
  asked.environment = files::process_environment();
  asked.milliseconds = 600'000;
  asked.max_bytes = largest_export;
  const auto answer = files::run_program(asked);
  std::string_view said = answer ? std::string_view(answer->errors) : std::string_view();
  if (said.starts_with("cascade: ")) said.remove_prefix(std::string_view("cascade: ").size());
  if (!said.empty()) call.console().complain(said.substr(0, said.find_last_not_of('\n') + 1));
  const syntax::Parsed parsed =
      syntax::parse_json(answer ? answer->output : std::string(), {.bytes = largest_export, .nodes = 400'000});
  audit::Manifests manifests;
  if (!answer || answer->exit_code != 0 || !parsed.complete) {
    call.console().complain("skills, agents and commands are not judged: cascade did not answer");
    return manifests;
  }
  const auto number = [&](std::string_view key) {
    const syntax::Node* const node = parsed.root.find(key);
    return node == nullptr ? 0 : std::strtoull(node->text.c_str(), nullptr, 10);
  };
  manifests.files = syntax::texts_of(parsed.root, "files");
  manifests.errors = number("errors");
  manifests.first_error = {syntax::text_of(parsed.root, "path"), static_cast<std::uint32_t>(number("line"))};
  manifests.first_message = syntax::text_of(parsed.root, "message");
  return manifests;
}

Result<audit::Around> around_of(Call& call, const AuditOptions& options, const std::string& root) {
  audit::Around around;
  call.console().progress("reading the history");
  around.past = past_of_root(call, root);
  call.step("history");
  call.console().progress("reading skills, agents and commands");
  around.manifests = manifests_of(call, root);
  call.step("manifests");
  if (!options.ci.empty()) {
    const auto text = files::DiskTree().read(options.ci, largest_export);
    if (!text) return text.error();
    auto outcomes = audit::read_ci_outcomes(*text, options.ci);
    if (!outcomes) return outcomes.error();
    around.outcomes = *std::move(outcomes);
  }
  return around;
}

Result<std::vector<audit::Run>> run_all(Call& call, const AuditOptions& options, const std::string& root,
                                        const std::vector<audit::PlannedRun>& plan) {
  std::vector<audit::Run> runs;
  if (plan.empty()) {
    call.console().note("the repository declares no command that could be run");
    return runs;
  }
  const std::string text = rendering::audit_plan_text(plan);
  if (const auto asked = ask_to_run(call, {root, text, options.yes, options.network}); !asked) return asked.error();
  call.console().progress("copying " + root);
  audit::RunLimits limits;
  limits.network = options.network;
  limits.seconds = options.seconds.value_or(limits.seconds);
  limits.megabytes = options.megabytes.value_or(limits.megabytes);
  limits.processes = options.processes.value_or(limits.processes);
  const auto confined = audit::Confined::make(root, call.environment().home, audit::known_rows(), limits);
  if (!confined) return confined.error();
  for (const audit::PlannedRun& planned : plan) {
    const std::string what = std::to_string(runs.size() + 1) + " of " + std::to_string(plan.size()) + ": " +
                             planned.purpose + ": " + planned.line;
    call.console().progress(what);
    if (!call.console().watched()) call.console().note("run " + what);
    auto run = confined->run(planned);
    if (!run) return run.error();
    runs.push_back(*std::move(run));
    call.step(planned.purpose);
  }
  call.console().progress("");
  return runs;
}

// Options that say nothing without another one, and formats that one check has not.
Result<void> fit_together(const AuditOptions& options, Format format) {
  if (options.least && *options.least > 100) return misuse("--min is a score of at most 100");
  if (!options.explain.empty() && format != Format::text)
    return misuse("--explain prints text alone", "cascade audit --format json has the check with all others");
  const std::pair<const char*, bool> of_runs[] = {{"--yes", options.yes},
                                                  {"--network", options.network},
                                                  {"--seconds", options.seconds.has_value()},
                                                  {"--memory", options.megabytes.has_value()},
                                                  {"--processes", options.processes.has_value()}};
  for (const auto& [name, is_given] : of_runs)
    if (is_given && !options.run) return misuse(std::string(name) + " goes only with --run");
  return {};
}

Error no_such_check(const std::string& id) {
  std::string all;
  for (const audit::Check& check : audit::checks()) all += (all.empty() ? "" : ", ") + audit::id_of(check);
  return misuse("there is no check '" + id + "'", "one of " + all);
}

}  // namespace

Exit run_audit(Call& call) {
  AuditOptions options;
  Arguments arguments("audit");
  arguments.number("--min", options.least);
  arguments.text("--explain", options.explain);
  arguments.text("--ci", options.ci);
  arguments.flag("--run", options.run);
  arguments.flag("--yes", options.yes);
  arguments.flag("--network", options.network);
  arguments.number("--seconds", options.seconds);
  arguments.number("--memory", options.megabytes);
  arguments.number("--processes", options.processes);
  arguments.words("REPO", options.roots, 0, 1);
  if (const auto ended = call.read(arguments)) return *ended;
  const audit::Check* explained = options.explain.empty() ? nullptr : audit::find_check(options.explain);
  if (!options.explain.empty() && explained == nullptr) return call.console().fail(no_such_check(options.explain));
  const auto format = call.format({Format::text, Format::json, Format::sarif});
  if (!format) return call.console().fail(format.error());
  if (const auto fit = fit_together(options, *format); !fit) return call.console().fail(fit.error());
  const files::DiskTree disk;
  const auto root = disk.real_path(options.roots.empty() ? "." : options.roots.front());
  if (!root) return call.console().fail(root.error());
  const auto around = around_of(call, options, *root);
  if (!around) return call.console().fail(around.error());
  audit::RunPlanned run;
  if (options.run)
    run = [&](const std::vector<audit::PlannedRun>& plan) { return run_all(call, options, *root, plan); };
  call.console().progress("reading " + *root);
  const auto report = audit::audit(disk, *root, audit::known_rows(), *around, run);
  if (!report) return call.console().fail(report.error());
  call.step("checks");
  if (explained != nullptr) {
    call.console().print(rendering::audit_check_text(*report, *explained, call.console().paint()));
  } else {
    const auto text = rendering::audit_report(*report, CASCADE_VERSION, *format, call.console().paint());
    if (!text) return call.console().fail(text.error());
    call.console().print(*text);
  }
  return options.least && report->score < *options.least * 10 ? Exit::no : Exit::yes;
}

}  // namespace cascade::cli
