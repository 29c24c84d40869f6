// cascade.audit/1 (docs/formats/audit.md).
#include "audit/render.h"

#include "render/parts.h"

namespace cascade::rendering {
namespace {

using audit::Judgement;
using audit::Report;
using syntax::JsonWriter;

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

}  // namespace

std::string audit_json(const Report& report, const std::vector<EarlierScore>& earlier) {
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
  json.key("earlier").objects(earlier, [&](const EarlierScore& one) {
    json.key("day").string(one.day).key("head").string(one.head);
    put_points(json, "score", one.score);
    json.key("with_runs").boolean(one.with_runs);
  });
  return finish(json);
}

}  // namespace cascade::rendering
