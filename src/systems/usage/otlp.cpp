// Numbers of 64 bits are strings in OTLP/JSON, and enumerations are numbers. The figures are those of a span of days
// that moves, so each export replaces the one before: cumulative from the span's begin on, and free to fall. A delta
// would be added to it by whoever reads both.
#include "usage/otlp.h"

#include <functional>
#include <map>

#include "hash/content_hash.h"
#include "syntax/json.h"

namespace cascade::usage {
namespace {

using syntax::JsonWriter;

struct Metric {
  std::string_view name, unit, help;
  std::uint64_t (*value)(const Row& row);
};

constexpr Metric metrics[] = {
    {"cascade.sections.sent", "{section}", "Sections that were sent", [](const Row& r) { return r.figures.sent; }},
    {"cascade.sections.judged", "{section}", "Sent sections whose use could be judged",
     [](const Row& r) { return r.figures.used.of; }},
    {"cascade.sections.used", "{section}", "Judged sections that were followed",
     [](const Row& r) { return r.figures.used.hits; }},
    {"cascade.placebos", "{section}", "Sections of equal length that were not sent",
     [](const Row& r) { return r.figures.placebo.of; }},
    {"cascade.placebos.used", "{section}", "Placebos that looked followed",
     [](const Row& r) { return r.figures.placebo.hits; }},
    {"cascade.tokens.sent", "{token}", "Tokens of sent sections", [](const Row& r) { return r.figures.tokens; }},
    {"cascade.tokens.wasted", "{token}", "Tokens of sections of which nothing was used",
     [](const Row& r) { return r.figures.wasted_tokens; }},
    {"cascade.loads", "{load}", "Times that a manifest was brought in", [](const Row& r) { return r.loads; }},
    {"cascade.loads.ignored", "{load}", "Loads of which nothing was used", [](const Row& r) { return r.ignored; }},
    {"cascade.offers", "{offer}", "Times that a manifest was offered", [](const Row& r) { return r.offers; }},
    {"cascade.offers.taken", "{offer}", "Offers that were taken", [](const Row& r) { return r.taken; }},
    {"cascade.refusals", "{refusal}", "Times that a manifest was ruled out", [](const Row& r) { return r.refused; }},
};

std::string nanoseconds(std::int64_t seconds) { return std::to_string(seconds < 0 ? 0 : seconds) + "000000000"; }

std::string name_of(const std::string& name, Names names) {
  return names == Names::plain ? name : hash::to_hex(hash::hash64(name));
}

void put_attribute(JsonWriter& json, std::string_view key, std::string_view value) {
  json.begin_object().key("key").string(key).key("value").begin_object().key("stringValue").string(value);
  json.end_object().end_object();
}

using PutPoints = std::function<void(JsonWriter& json)>;

void put_sum(JsonWriter& json, const Metric& metric, const PutPoints& points) {
  constexpr std::uint64_t cumulative = 2;
  json.begin_object().key("name").string(metric.name).key("description").string(metric.help);
  json.key("unit").string(metric.unit).key("sum").begin_object();
  json.key("aggregationTemporality").number(cumulative).key("isMonotonic").boolean(false);
  json.key("dataPoints").begin_array();
  points(json);
  json.end_array().end_object().end_object();
}

void put_point(JsonWriter& json, const Report& report, std::string_view key, const std::string& of,
               std::uint64_t value) {
  json.begin_object().key("attributes").begin_array();
  put_attribute(json, key, of);
  json.end_array().key("startTimeUnixNano").string(nanoseconds(report.since));
  json.key("timeUnixNano").string(nanoseconds(report.until)).key("asInt").string(std::to_string(value)).end_object();
}

}  // namespace

std::string otlp_metrics(const Report& report, std::string_view version, Names names) {
  JsonWriter json(JsonWriter::Style::compact);
  json.begin_object().key("resourceMetrics").begin_array().begin_object().key("resource").begin_object();
  json.key("attributes").begin_array();
  put_attribute(json, "service.name", "cascade");
  put_attribute(json, "service.version", version);
  json.end_array().end_object().key("scopeMetrics").begin_array().begin_object().key("scope").begin_object();
  json.key("name").string("cascade.usage").key("version").string("1").end_object().key("metrics").begin_array();
  for (const Metric& metric : metrics)
    put_sum(json, metric, [&](JsonWriter& out) {
      for (const Row& row : report.manifests)
        put_point(out, report, "cascade.manifest", name_of(row.name, names), metric.value(row));
    });
  constexpr Metric of_project = {"cascade.project.tokens.sent", "{token}", "Tokens of sent sections by project",
                                 nullptr};
  put_sum(json, of_project, [&](JsonWriter& out) {
    for (const Row& row : report.projects)
      put_point(out, report, "cascade.project", name_of(row.name, Names::hashed), row.figures.tokens);
  });
  constexpr Metric of_session = {"cascade.session.tokens.sent", "{token}", "Tokens of sent sections by session",
                                 nullptr};
  std::map<std::string, std::uint64_t> sessions;
  for (const Fate& fate : report.fates) sessions[fate.session] += fate.tokens;
  put_sum(json, of_session, [&](JsonWriter& out) {
    for (const auto& [id, tokens] : sessions) put_point(out, report, "session.id", name_of(id, names), tokens);
  });
  json.end_array().end_object().end_array().end_object().end_array().end_object();
  return json.take() + "\n";
}

}  // namespace cascade::usage
