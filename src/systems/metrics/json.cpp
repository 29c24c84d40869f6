// cascade.metrics/1 (docs/formats/metrics.md).
#include "metrics/render.h"

#include "render/parts.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

using metrics::Figure;
using metrics::Grade;
using metrics::Report;
using metrics::Windows;
using syntax::JsonWriter;

// A median between two numbers ends in .5, which is exact.
std::string half_literal(std::uint64_t twice) { return std::to_string(twice / 2) + (twice % 2 == 0 ? "" : ".5"); }

void put_windows(JsonWriter& json, const Windows& windows, Grade grade) {
  json.key("windows").begin_object().key("grade").string(to_string(grade)).key("n").number(windows.n);
  json.key("minimum").number(windows.minimum).key("median").literal(half_literal(windows.twice_median));
  json.key("maximum").number(windows.maximum).key("best").string(metrics::date_of(windows.best));
  const WindowClasses classes = classes_of(windows);
  json.key("classes").begin_object().key("width").number(classes.width).key("counts").array(classes.counts);
  json.end_object().end_object();
}

// An incomplete figure has no value: who reads only that must not take a part for the whole.
void put_figure(JsonWriter& json, const Figure& figure) {
  json.begin_object().key("name").string(figure.name).key("unit").string(figure.unit);
  json.key("grade").string(to_string(figure.grade));
  if (figure.grade == Grade::incomplete)
    json.key("value").null().key("at_least").number(figure.value);
  else if (figure.grade == Grade::needs_forge || figure.grade == Grade::needs_deploys)
    json.key("value").null();
  else
    json.key("value").number(figure.value);
  if (figure.of) {
    json.key("of").number(*figure.of);
    if (figure.grade != Grade::incomplete) json.key("per_mille").number(metrics::per_mille(figure.value, *figure.of));
  }
  json.key("n").number(figure.n);
  if (figure.windows) put_windows(json, *figure.windows, figure.windows_grade);
  json.key("how").string(figure.how).key("reasons").array(figure.reasons);
  json.end_object();
}

void put_figures(JsonWriter& json, std::string_view key, const std::vector<Figure>& figures) {
  json.key(key).array(figures, [&](const Figure& figure) { put_figure(json, figure); });
}

void put_repositories(JsonWriter& json, const Report& report) {
  json.key("repositories").objects(report.repositories, [&](const auto& row) {
    json.key("name").string(row.name).key("branch").string(row.branch).key("head").string(row.head);
    json.key("format").string(row.format);
    json.key("gaps").objects(row.gaps, [&](const metrics::Gap& gap) {
      json.key("kind").string(gap.kind).key("count").number(gap.count).key("first").string(gap.first);
      json.key("help").string(gap.help);
    });
    json.key("elsewhere").number(row.elsewhere);
    if (report.repositories.size() > 1) put_figures(json, "figures", row.figures);
  });
}

void put_part(JsonWriter& json, std::string_view key, const metrics::Part& part) {
  json.key(key).begin_object().key("commits").number(part.commits).key("lines_added").number(part.added).end_object();
}

void put_inflation(JsonWriter& json, const metrics::Inflation& found) {
  json.key("inflation").begin_object().key("grade").string(to_string(found.grade));
  json.key("lines_added").number(found.added).key("largest").begin_array();
  for (const auto& commit : found.largest) {
    json.begin_object().key("repository").string(commit.repository).key("id").string(commit.id);
    json.key("date").string(commit.date).key("subject").string(commit.subject);
    json.key("lines_added").number(commit.added).end_object();
  }
  json.end_array().key("made").begin_object();
  for (std::size_t kind = 0; kind < metrics::made_kinds; ++kind)
    json.key(to_string(static_cast<metrics::Made>(kind))).number(found.made[kind]);
  json.end_object().key("extensions").begin_array();
  for (const auto& extension : found.extensions)
    json.begin_object().key("name").string(extension.name).key("lines_added").number(extension.added).end_object();
  json.end_array();
  put_part(json, "bots", found.bots);
  put_part(json, "twins", found.twins);
  put_part(json, "elsewhere", found.elsewhere);
  put_part(json, "empty", found.empty);
  put_part(json, "formats", found.formats);
  json.key("binary_files").number(found.binaries).key("future").number(found.future);
  json.key("backwards").number(found.backwards).key("impossible").number(found.impossible).end_object();
}

void put_spread(JsonWriter& json, std::string_view key, const metrics::Spread& spread) {
  json.key(key).begin_object().key("n").number(spread.n);
  if (spread.n > 0) {
    json.key("minimum").number(spread.minimum).key("median").literal(half_literal(spread.twice_median));
    json.key("maximum").number(spread.maximum);
  }
  json.end_object();
}

// Failures are known from a file of deployments only.
void put_delivery(JsonWriter& json, const metrics::Delivery& delivery) {
  json.key("delivery").begin_object().key("source").string(delivery.from_tags ? "tags" : "deploys");
  json.key("grade").string(to_string(delivery.grade)).key("deployments").number(delivery.deployments);
  json.key("days").number(delivery.days);
  put_windows(json, delivery.windows, delivery.grade);
  put_spread(json, "lead_seconds", delivery.lead);
  const std::string_view needs = to_string(Grade::needs_deploys);
  json.key("failures").begin_object().key("grade").string(delivery.from_tags ? needs : to_string(delivery.grade));
  if (!delivery.from_tags) json.key("value").number(delivery.failed).key("of").number(delivery.deployments);
  json.end_object().key("rework").begin_object();
  json.key("grade").string(delivery.from_tags ? needs : to_string(delivery.grade));
  if (!delivery.from_tags) json.key("value").number(delivery.rework).key("of").number(delivery.deployments);
  json.end_object();
  put_spread(json, "recovery_seconds", delivery.recovery);
  json.key("unknown_commits").number(delivery.unknown_commits).end_object();
}

void put_equivalents(JsonWriter& json, const Report& report) {
  json.key("equivalents").begin_object().key("note").string("not productivity");
  json.key("people").objects(report.equivalents, [&](const auto& one) {
    json.key("figure").string(one.figure).key("a_day").number(one.a_day).key("days").number(one.days);
    json.key("grade").string(to_string(one.grade));
    if (one.grade == Grade::incomplete)
      json.key("value").null();
    else
      json.key("value").number(one.people);
    put_windows(json, one.windows, one.grade);
  });
  json.end_object();
}

// A number in the claim's own unit, as the claim rounds it or to three places.
std::string number_literal(metrics::Millionths value) {
  std::string text = metrics::decimal_text(value);
  text.erase(std::remove(text.begin(), text.end(), ','), text.end());
  return text;
}

void put_optional(JsonWriter& json, std::string_view key, const std::optional<metrics::Millionths>& value) {
  json.key(key);
  if (value)
    json.literal(number_literal(*value));
  else
    json.null();
}

void put_claims(JsonWriter& json, const Report& report) {
  json.key("claims").objects(report.judgements, [&](const auto& one) {
    const metrics::Claim& claim = one.claim;
    json.key("line").number(claim.line).key("text").string(claim.text);
    json.key("figure").string(claim.figure).key("part").string(claim.part);
    json.key("written").string(claim.number.written).key("comparison").string(to_string(claim.number.comparison));
    json.key("claimed").literal(number_literal(claim.number.value));
    put_optional(json, "to", claim.number.to);
    json.key("unit").string(claim.number.is_share ? "%" : "").key("period").string(text_of(claim.period));
    json.key("per").array(claim.per, [&](const metrics::Per& per) { json.string(text_of(per)); });
    json.key("verdict").string(to_string(one.verdict)).key("because").string(one.because);
    put_optional(json, "found", one.found);
    json.key("computed");
    if (one.computed)
      json.number(*one.computed);
    else
      json.null();
    if (one.windows) put_windows(json, *one.windows, one.windows_grade);
  });
}

}  // namespace

std::string metrics_json(const Report& report) {
  JsonWriter json = document("cascade.metrics/1");
  json.key("since").string(metrics::date_of(report.range.first));
  json.key("until").string(metrics::date_of(report.range.last));
  json.key("days").number(report.range.days()).key("window_days").number(report.question.window);
  json.key("complete").boolean(!report.is_incomplete());
  put_claims(json, report);
  put_repositories(json, report);
  put_figures(json, "figures", report.figures);
  put_inflation(json, report.inflation);
  put_delivery(json, report.delivery);
  put_figures(json, "assimilation", report.assimilation);
  put_equivalents(json, report);
  json.key("cost");
  if (report.cost) {
    json.begin_object().key("hundredths").number(report.cost->hundredths).key("source").string(report.cost->source);
    for (const metrics::CostShare& share : report.cost->shares)
      json.key(share.key).literal(share.text.empty() ? "null" : share.text);
    json.end_object();
  } else {
    json.null();
  }
  return finish(json);
}

}  // namespace cascade::rendering
