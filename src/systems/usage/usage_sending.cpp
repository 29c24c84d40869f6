#include "usage/usage_verb.h"

#include <functional>
#include <map>

#include "files/file_lock.h"
#include "files/paths.h"
#include "files/run_program.h"
#include "files/tree.h"
#include "hash/content_hash.h"
#include "syntax/json.h"
#include "text/ascii.h"

namespace cascade::cli {
namespace {

constexpr const char* sender = "curl";

bool is_address(std::string_view to) { return to.substr(0, 7) == "http://" || to.substr(0, 8) == "https://"; }

// An address without a path means the collector's usual one.
std::string endpoint_of(const std::string& to) {
  const std::size_t host = to.find("//") + 2, path = to.find('/', host);
  if (path == std::string::npos) return to + "/v1/metrics";
  return path + 1 == to.size() ? to + "v1/metrics" : to;
}

// The program in PATH; empty: there is none.
std::string find_sender(const std::string& search_path) {
  const files::DiskTree tree;
  for (std::string_view rest = search_path; !rest.empty();) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    std::string path = files::join(rest.substr(0, end), sender);
    if (const auto stamp = tree.stat(path); stamp && files::is_absolute(path) && stamp->executable) return path;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return {};
}

Result<void> post(const Call& call, const std::string& to, std::string body) {
  const std::string program = find_sender(call.environment().search_path);
  if (program.empty())
    return Error{ErrorCode::not_found,
                 std::string(sender) + " is not installed, which speaks HTTP for cascade",
                 {},
                 "install it, or write to a file: --otlp FILE"};
  files::ProgramCall request;
  // The user's own .curlrc is not read: it could write the request somewhere else.
  request.words = {program,
                   "-q",
                   "--silent",
                   "--show-error",
                   "--fail",
                   "--max-time",
                   "20",
                   "--proto",
                   "=http,https",
                   "--header",
                   "Content-Type: application/json",
                   "--data-binary",
                   "@-",
                   "--url",
                   endpoint_of(to)};
  request.input = std::move(body);
  request.environment = files::process_environment();
  request.milliseconds = 25'000;
  const auto run = files::run_program(request);
  if (!run) return run.error();
  if (run->exit_code == 0 && !run->timed_out) return {};
  const std::string_view why = std::string_view(run->errors).substr(0, run->errors.find('\n'));
  return Error{ErrorCode::unwritable,
               "the collector did not take it: " + (why.empty() ? "no answer" : std::string(why)), to,
               "the address is that of OTLP over HTTP with JSON, often port 4318"};
}

Result<void> append(const std::string& path, const std::string& line) {
  constexpr std::uint64_t most = 256u << 20;
  if (const auto stamp = files::DiskTree().stat(path); stamp && stamp->size + line.size() > most)
    return Error{ErrorCode::unwritable, "the file holds 256 MiB already", path, "begin another one"};
  const std::string_view text = letters::trim(line);  // the end of the line is written with it
  return files::extend_log(
      path, most, [&](std::string_view) { return std::string(text); },
      [](std::string_view all) { return std::string(all); });
}

}  // namespace

Exit send_metrics(Call& call, const usage::Report& report, const std::string& to, usage::Names names) {
  std::string line = usage::otlp_metrics(report, CASCADE_VERSION, names);
  if (to == "-") {
    call.console().print(line);
    return Exit::yes;
  }
  const auto done = is_address(to) ? post(call, to, std::move(line)) : append(to, line);
  return done ? Exit::yes : call.console().fail(done.error());
}

}  // namespace cascade::cli

// Numbers of 64 bits are strings in OTLP/JSON, and enumerations are numbers. The figures are those of a span of days
// that moves, so each export replaces the one before: cumulative from the span's begin on, and free to fall. A delta
// would be added to it by whoever reads both.

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
