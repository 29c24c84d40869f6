// Judges a repository: what its files say, what its history shows, and with --run how its own commands end.
#include "audit/audit.h"
#include "cli/call.h"
#include "cli/console.h"
#include "cli/environment.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "render/findings.h"
#include "render/parts.h"
#include "scores/scores.h"
#include "syntax/json.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

#include <cascade/render.h>

#include <cstdlib>

// cascade.audit/1 (docs/formats/audit.md).
namespace cascade::rendering {
namespace {

using audit::Judgement, audit::Report, syntax::JsonWriter;

std::string in_points(std::uint32_t thousandths) {  // 437 -> "43.7"
  return std::to_string(thousandths / 10) + "." + std::to_string(thousandths % 10);
}

void put_points(JsonWriter& json, std::string_view key, std::uint32_t thousandths) {
  json.key(key).literal(in_points(thousandths));
}

void put_place(JsonWriter& json, std::string_view key, const std::optional<audit::Place>& place) {
  json.key(key);
  if (!place) {
    json.null();
    return;
  }
  put(json.begin_object(), "path", place->path, "line", place->line == 0 ? std::nullopt : std::optional(place->line))
      .end_object();
}

void put_audit_evidence(JsonWriter& json, const audit::Evidence& evidence) {
  json.begin_object();
  put_place(json, "at", evidence.place.path.empty() ? std::nullopt : std::optional(evidence.place));
  put(json, "commit", syntax::or_null(evidence.commit));
  json.key("run");
  if (evidence.command.empty()) {
    json.null();
  } else {
    put(json.begin_object(), "command", evidence.command, "exit_code", evidence.exit_code, "milliseconds",
        evidence.milliseconds, "tail", evidence.tail)
        .end_object();
  }
  put(json, "text", evidence.text).end_object();
}

void put_judgement(JsonWriter& json, const Judgement& judgement) {
  const audit::Check& check = *judgement.check;
  const std::string_view package = judgement.package.empty() ? "." : std::string_view(judgement.package);
  put(json.begin_object(), "id", id_of(check), "package",
      syntax::or_null(check.scope == audit::Scope::package ? package : ""), "level",
      static_cast<std::uint64_t>(judgement.level), "applies", judgement.finding.applies, "harmful",
      judgement.finding.is_at_fault, "weight", check.weight);
  put_points(json, "worth", judgement.worth);
  put(json, "effort", check.effort, "lacks", judgement.finding.lacks);
  put_place(json, "at", judgement.finding.at);
  put(json, "way", check.way, "skill",
      syntax::or_null(check.skill.empty() ? std::string() : "skill:" + std::string(check.skill)));
  json.key("evidence").array(judgement.finding.evidence, [&](const audit::Evidence& evidence) {
    put_audit_evidence(json, evidence);
  });
  json.end_object();
}

void put_planned(JsonWriter& json, const audit::PlannedRun& plan) {
  put(json, "purpose", plan.purpose, "command", plan.line, "folder", plan.folder.empty() ? "." : plan.folder);
  put_place(json, "declared", audit::Place{plan.path, plan.at});
}

void put_runs(JsonWriter& json, const Report& report) {
  json.key("planned").objects(report.plan, [&](const audit::PlannedRun& plan) { put_planned(json, plan); });
  json.key("runs").objects(report.runs, [&](const audit::Run& run) {
    put_planned(json, run.plan);
    put(json, "passed", run.passed(), "flaky", run.is_flaky());
    json.key("attempts").objects(run.attempts, [&](const audit::Attempt& attempt) {
      put(json, "exit_code", attempt.exit_code, "milliseconds", attempt.milliseconds, "stopped",
          attempt.stopped == audit::Stopped::no ? std::nullopt : std::optional(attempt.stopped), "tail", attempt.tail);
    });
  });
}

std::string audit_json(const Report& report) {
  JsonWriter json = document("cascade.audit/1");
  put(json, "name", report.name);
  put_points(json, "score", report.score);
  put(json, "head", syntax::or_null(report.head), "complete",
      report.is_whole && report.has_whole_past && report.unread.empty());
  json.key("unread").objects(report.unread,
                             [&](const audit::Unread& one) { put(json, "path", one.path, "why", one.why); });
  json.key("packages").objects(report.packages, [&](const audit::Package& package) {
    put(json, "folder", package.name(), "ecosystem", package.ecosystem, "sources", package.sources.size(), "tests",
        package.tests.size());
  });
  json.key("families").objects(report.families, [&](const audit::FamilyScore& family) {
    put(json, "name", family.name, "weight", family.of).key("score");
    json.literal(family.of == 0 ? "null" : in_points(family.score));
  });
  json.key("first").array(report.first, [&](std::size_t i) { put_judgement(json, report.judgements[i]); });
  json.key("checks").array(report.judgements, [&](const Judgement& judgement) { put_judgement(json, judgement); });
  put_runs(json, report);
  return finish(json);
}

// For people: the score, what to do first, each family with its checks, and what each lacks.
using audit::Level;

std::string where(const audit::Place& place) {
  return unicode::displayable(place.path) + (place.line > 0 ? ":" + std::to_string(place.line) : "");
}

std::string seconds(std::uint64_t milliseconds) {
  return std::to_string(milliseconds / 1'000) + "." + std::to_string(milliseconds / 100 % 10) + " s";
}

std::string evidence_text(const audit::Evidence& evidence) {
  std::string text;
  if (!evidence.command.empty())
    text = "`" + unicode::displayable(evidence.command) + "` ended with " + std::to_string(evidence.exit_code) +
           " after " + seconds(evidence.milliseconds);
  else
    text = evidence.commit.empty() ? where(evidence.place) : "commit " + evidence.commit.substr(0, 10);
  if (!evidence.text.empty()) text += (evidence.command.empty() ? "  " : ", ") + unicode::displayable(evidence.text);
  return text;
}

std::string name_of(const Report& report, const Judgement& judgement) {
  std::string name = id_of(*judgement.check);
  if (judgement.check->scope == audit::Scope::package && report.packages.size() > 1)
    name += " in " + unicode::displayable(judgement.package.empty() ? "." : judgement.package);
  return name;
}

std::string level_text(const Judgement& judgement, Paint paint) {
  if (!judgement.finding.applies) return paint.faint("-");
  const std::string digit = std::to_string(static_cast<int>(judgement.level));
  switch (judgement.level) {
    case Level::absent: return paint.red(digit);
    case Level::present: return paint.yellow(digit);
    case Level::consistent: return digit;
    case Level::shown: break;
  }
  return paint.green(digit);
}

std::string way_text(const audit::Check& check) {
  return std::string(check.way) +
         (check.skill.empty() ? "" : "\n      cascade bundle skill:" + std::string(check.skill));
}

std::string_view work_of(const audit::Check& check) {
  return check.effort <= 1 ? "minutes of work" : check.effort <= 2 ? "an hour of work" : "a day of work";
}

std::string first_text(const Report& report, Paint paint) {
  if (report.first.empty()) return {};
  std::string text = "\n" + paint.bold("First") + ", what does harm, then by points for the work\n";
  std::size_t number = 0;
  for (const std::size_t i : report.first) {
    const Judgement& judgement = report.judgements[i];
    text += "  " + std::to_string(++number) + ". " + name_of(report, judgement) + ", worth " +
            in_points(judgement.worth) + " for " + std::string(work_of(*judgement.check)) + ": " +
            unicode::displayable(judgement.finding.lacks) + "\n";
    if (judgement.finding.at) text += "      at " + where(*judgement.finding.at) + "\n";
    text += "      " + way_text(*judgement.check) + "\n";
  }
  return text;
}

// "29.3 of 100 for multer at 0adb21d91a, without runs: there is no lock file; ...": the answer in one sentence.
std::string answer_text(const Report& report, Paint paint) {
  std::string text = paint.bold(in_points(report.score) + " of 100 for " + unicode::displayable(report.name));
  if (!report.head.empty()) text += " at " + report.head.substr(0, 10);
  if (report.packages.size() > 1) text += ", " + count_of(report.packages.size(), "package");
  if (report.runs.empty()) text += ", without runs";
  std::string lacks;
  for (const std::size_t i : report.first)
    lacks += (lacks.empty() ? ": " : "; ") + unicode::displayable(report.judgements[i].finding.lacks);
  return text + lacks + ".\n";
}

std::string unread_text(const Report& report, Paint paint) {
  if (report.unread.empty() && report.is_whole) return {};
  constexpr std::size_t most = 10;
  std::string text = "\n" + paint.bold("Not read") + "\n";
  if (!report.is_whole) text += "  some folders: there are too many files, or they lie too deep\n";
  for (std::size_t i = 0; i < std::min(report.unread.size(), most); ++i)
    text +=
        "  " + unicode::displayable(report.unread[i].path) + ": " + unicode::displayable(report.unread[i].why) + "\n";
  if (report.unread.size() > most) text += "  and " + count_of(report.unread.size() - most, "other file") + "\n";
  return text;
}

std::string checks_text(const Report& report, Paint paint) {
  std::string text;
  for (const audit::FamilyScore& family : report.families) {
    text +=
        "\n" + paint.bold(family.name) + "  " + (family.of == 0 ? "does not apply" : in_points(family.score)) + "\n";
    for (const Judgement& judgement : report.judgements) {
      if (judgement.check->family != family.name) continue;
      text += "  " + level_text(judgement, paint) + "  " + name_of(report, judgement);
      const std::string& lacks = judgement.finding.lacks;
      if (!lacks.empty()) text += ": " + unicode::displayable(lacks);
      if (judgement.worth > 0) text += paint.faint(" (worth " + in_points(judgement.worth) + ")");
      text += "\n";
      for (const audit::Evidence& evidence : judgement.finding.evidence)
        text += "       " + paint.faint(evidence_text(evidence)) + "\n";
    }
  }
  return text;
}

std::string runs_text(const Report& report, Paint paint) {
  if (report.runs.empty()) return {};
  std::string text = "\n" + paint.bold("Runs") + "\n";
  for (const audit::Run& run : report.runs) {
    text += "  " +
            std::string(run.passed()     ? paint.green("passed")
                        : run.is_flaky() ? paint.yellow("flaky")
                                         : paint.red("failed")) +
            "  " + run.plan.purpose + ": " + unicode::displayable(run.plan.line) + "\n";
    for (const audit::Attempt& attempt : run.attempts) {
      text += "      ended with " + std::to_string(attempt.exit_code) + " after " + seconds(attempt.milliseconds);
      if (attempt.stopped != audit::Stopped::no)
        text += ", stopped by the limit of " + std::string(to_string(attempt.stopped));
      text += "\n";
    }
    if (run.passed() || run.attempts.empty()) continue;
    const auto failed = std::ranges::find_if(run.attempts, [](const audit::Attempt& one) { return !one.passed(); });
    for (const std::string_view line : audit::lines_of(failed->tail))
      text += "      | " + unicode::displayable(line) + "\n";
  }
  return text;
}

// What --run would run, a line each.
std::string audit_plan_text(const std::vector<audit::PlannedRun>& plan) {
  std::string text;
  for (const audit::PlannedRun& run : plan) {
    text += "  " + run.purpose + ": " + unicode::displayable(run.line);
    if (!run.folder.empty()) text += "  in " + unicode::displayable(run.folder);
    text += "  (" + where({run.path, run.at}) + ")\n";
  }
  return text;
}

std::string audit_text(const Report& report, Paint paint) {
  std::string text = answer_text(report, paint) + first_text(report, paint) + checks_text(report, paint) +
                     runs_text(report, paint) + unread_text(report, paint);
  if (report.runs.empty() && !report.plan.empty())
    text += "\n" + paint.bold("Not run") + " (cascade audit --run)\n" + audit_plan_text(report.plan);
  return text;
}

std::string audit_sarif(const Report& report, const std::string& version) {
  std::vector<Diagnostic> found;
  for (const Judgement& judgement : report.judgements) {
    if (!judgement.finding.applies || judgement.level >= Level::consistent) continue;
    Diagnostic diagnostic;
    diagnostic.severity = judgement.finding.is_at_fault      ? Severity::error
                          : judgement.level == Level::absent ? Severity::warning
                                                             : Severity::info;
    diagnostic.rule = "audit/" + id_of(*judgement.check);
    if (judgement.finding.at)
      diagnostic.at = {judgement.finding.at->path, judgement.finding.at->line, 0, 0, 0};
    else
      diagnostic.at.path = judgement.package.empty() ? "." : judgement.package;
    diagnostic.message = judgement.finding.lacks + "; worth " + in_points(judgement.worth) + " of 100";
    diagnostic.help = std::string(judgement.check->way);
    diagnostic.fingerprint = id_of(*judgement.check) + ":" + judgement.package;
    found.push_back(std::move(diagnostic));
  }
  FindingsContext context;
  context.version = version;
  context.profile = "claude-code";
  return findings_sarif(found, context);
}

}  // namespace

// One check: what it asks, what each level takes, what it found and how to mend it.
std::string audit_check_text(const Report& report, const audit::Check& check, Paint paint) {
  std::string text = paint.bold(id_of(check)) + ": " + std::string(check.question) + "\n\n";
  text += "  0  nothing of it, or only an empty shell\n  1  " + std::string(check.present) + "\n  2  " +
          std::string(check.consistent) + "\n  3  " + std::string(check.shown) + "\n\nWeight " +
          std::to_string(check.weight) + " of 100" +
          (check.scope == audit::Scope::package ? ", shared by the packages" : "") + ". The shortest way:\n      " +
          way_text(check) + "\n";
  for (const Judgement& judgement : report.judgements) {
    if (judgement.check != &check) continue;
    text += "\n" + name_of(report, judgement) + ": level " + level_text(judgement, paint);
    if (judgement.worth > 0) text += ", worth " + in_points(judgement.worth);
    text += "\n";
    for (const audit::Evidence& evidence : judgement.finding.evidence) {
      text += "  " + evidence_text(evidence) + "\n";
      if (!evidence.command.empty())
        for (const std::string_view line : audit::lines_of(evidence.tail))
          text += "      | " + unicode::displayable(line) + "\n";
    }
    if (!judgement.finding.lacks.empty()) text += "  lacks: " + unicode::displayable(judgement.finding.lacks) + "\n";
    if (judgement.finding.at) text += "  at " + where(*judgement.finding.at) + "\n";
  }
  return text;
}

// Formats text, json (cascade.audit/1) and sarif.
std::string audit_report(const Report& report, const std::string& version, Format format, Paint paint) {
  if (format == Format::json) return audit_json(report);
  return format == Format::sarif ? audit_sarif(report, version) : audit_text(report, paint);
}

}  // namespace cascade::rendering

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
  const std::string all =
      letters::joined(audit::checks(), ", ", [&](const audit::Check& check) { return audit::id_of(check); });
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
  call.console().print(explained != nullptr
                           ? rendering::audit_check_text(*report, *explained, call.console().paint())
                           : rendering::audit_report(*report, CASCADE_VERSION, *format, call.console().paint()));
  return options.least && report->score < *options.least * 10 ? Exit::no : Exit::yes;
}

}  // namespace cascade::cli
