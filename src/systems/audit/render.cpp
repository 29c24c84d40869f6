// cascade.audit/1 (docs/formats/audit.md).
#include "audit/render.h"

#include <algorithm>

#include "render/findings.h"
#include "render/parts.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using audit::Judgement;
using audit::Report;
using syntax::JsonWriter;

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
  json.begin_object().key("path").string(place->path).key("line");
  if (place->line == 0)
    json.null();
  else
    json.number(place->line);
  json.end_object();
}

void put_audit_evidence(JsonWriter& json, const audit::Evidence& evidence) {
  json.begin_object();
  put_place(json, "at", evidence.place.path.empty() ? std::nullopt : std::optional(evidence.place));
  json.key("commit");
  if (evidence.commit.empty())
    json.null();
  else
    json.string(evidence.commit);
  json.key("run");
  if (evidence.command.empty()) {
    json.null();
  } else {
    json.begin_object().key("command").string(evidence.command).key("exit_code").integer(evidence.exit_code);
    json.key("milliseconds").number(evidence.milliseconds).key("tail").string(evidence.tail).end_object();
  }
  json.key("text").string(evidence.text).end_object();
}

void put_judgement(JsonWriter& json, const Judgement& judgement) {
  const audit::Check& check = *judgement.check;
  json.begin_object().key("id").string(id_of(check)).key("package");
  if (check.scope == audit::Scope::package)
    json.string(judgement.package.empty() ? "." : judgement.package);
  else
    json.null();
  json.key("level").number(static_cast<std::uint64_t>(judgement.level));
  json.key("applies").boolean(judgement.finding.applies);
  json.key("harmful").boolean(judgement.finding.is_at_fault).key("weight").number(check.weight);
  put_points(json, "worth", judgement.worth);
  json.key("effort").number(check.effort);
  json.key("lacks").string(judgement.finding.lacks);
  put_place(json, "at", judgement.finding.at);
  json.key("way").string(check.way).key("skill");
  if (check.skill.empty())
    json.null();
  else
    json.string("skill:" + std::string(check.skill));
  json.key("evidence").array(judgement.finding.evidence, [&](const audit::Evidence& evidence) {
    put_audit_evidence(json, evidence);
  });
  json.end_object();
}

void put_planned(JsonWriter& json, const audit::PlannedRun& plan) {
  json.key("purpose").string(plan.purpose).key("command").string(plan.line);
  json.key("folder").string(plan.folder.empty() ? "." : plan.folder);
  put_place(json, "declared", audit::Place{plan.path, plan.at});
}

void put_runs(JsonWriter& json, const Report& report) {
  json.key("planned").objects(report.plan, [&](const audit::PlannedRun& plan) { put_planned(json, plan); });
  json.key("runs").objects(report.runs, [&](const audit::Run& run) {
    put_planned(json, run.plan);
    json.key("passed").boolean(run.passed()).key("flaky").boolean(run.is_flaky());
    json.key("attempts").objects(run.attempts, [&](const audit::Attempt& attempt) {
      json.key("exit_code").integer(attempt.exit_code).key("milliseconds").number(attempt.milliseconds);
      json.key("stopped");
      if (attempt.stopped == audit::Stopped::no)
        json.null();
      else
        json.string(to_string(attempt.stopped));
      json.key("tail").string(attempt.tail);
    });
  });
}

std::string audit_json(const Report& report) {
  JsonWriter json = document("cascade.audit/1");
  json.key("name").string(report.name);
  put_points(json, "score", report.score);
  json.key("head");
  if (report.head.empty())
    json.null();
  else
    json.string(report.head);
  json.key("complete").boolean(report.is_whole && report.has_whole_past && report.unread.empty());
  json.key("unread").objects(
      report.unread, [&](const audit::Unread& one) { json.key("path").string(one.path).key("why").string(one.why); });
  json.key("packages").objects(report.packages, [&](const audit::Package& package) {
    json.key("folder").string(package.name()).key("ecosystem").string(package.ecosystem);
    json.key("sources").number(package.sources.size()).key("tests").number(package.tests.size());
  });
  json.key("families").objects(report.families, [&](const audit::FamilyScore& family) {
    json.key("name").string(family.name).key("weight").number(family.of).key("score");
    if (family.of == 0)
      json.null();
    else
      json.literal(in_points(family.score));
  });
  json.key("first").array(report.first, [&](std::size_t i) { put_judgement(json, report.judgements[i]); });
  json.key("checks").array(report.judgements, [&](const Judgement& judgement) { put_judgement(json, judgement); });
  put_runs(json, report);
  return finish(json);
}

// For people: the score, what to do first, each family with its checks, and what each lacks.
using audit::Level;

std::string where(const audit::Place& place) {
  std::string text = unicode::displayable(place.path);
  if (place.line > 0) text += ":" + std::to_string(place.line);
  return text;
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
    name += " in " + (judgement.package.empty() ? std::string(".") : unicode::displayable(judgement.package));
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
  std::string text = std::string(check.way);
  if (!check.skill.empty()) text += "\n      cascade bundle skill:" + std::string(check.skill);
  return text;
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
    const auto failed =
        std::find_if(run.attempts.begin(), run.attempts.end(), [](const audit::Attempt& one) { return !one.passed(); });
    for (const std::string_view line : audit::lines_of(failed->tail))
      text += "      | " + unicode::displayable(line) + "\n";
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

}  // namespace

std::string audit_plan_text(const std::vector<audit::PlannedRun>& plan) {
  std::string text;
  for (const audit::PlannedRun& run : plan) {
    text += "  " + run.purpose + ": " + unicode::displayable(run.line);
    if (!run.folder.empty()) text += "  in " + unicode::displayable(run.folder);
    text += "  (" + where({run.path, run.at}) + ")\n";
  }
  return text;
}

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

namespace {

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

Result<std::string> audit_report(const Report& report, const std::string& version, Format format, Paint paint) {
  if (format == Format::json) return audit_json(report);
  if (format == Format::sarif) return audit_sarif(report, version);
  if (format == Format::text) return audit_text(report, paint);
  return no_format("an audit", format);
}

}  // namespace cascade::rendering
