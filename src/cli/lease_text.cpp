#include "cli/lease_text.h"

#include <algorithm>
#include <map>

#include "syntax/json.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

using lease::Answer;
using lease::Lease;

void write_lease(syntax::JsonWriter& json, const Lease& lease) {
  json.begin_object().key("resource").string(lease.resource);
  json.key("token").number(lease.token);
  json.key("session").string(lease.holder.session).key("agent").string(lease.holder.agent);
  json.key("pid").integer(lease.holder.pid).key("alive").boolean(lease.alive && lease.left_ms > 0);
  json.key("held_seconds").integer(lease.held_ms / 1000).key("purpose").string(lease.purpose).end_object();
}

std::string_view name_of(Answer::State state) {
  return state == Answer::State::held ? "held" : state == Answer::State::lost ? "lost" : "refused";
}

std::string seconds(std::int64_t ms) {
  if (ms < 1'000) return std::to_string(ms) + " ms";
  return ms < 120'000 ? std::to_string(ms / 1'000) + " s" : std::to_string(ms / 60'000) + " min";
}

}  // namespace

std::string lease_list_text(const std::vector<Lease>& leases, Format format) {
  if (format == Format::json) {
    syntax::JsonWriter json;
    json.begin_object().key("schema").string("cascade.lease-list/1").key("leases").begin_array();
    for (const Lease& lease : leases) write_lease(json, lease);
    return json.end_array().end_object().take() + "\n";
  }
  std::string text;
  for (const Lease& lease : leases) {
    const char* state = !lease.alive ? ", gone" : lease.left_ms <= 0 ? ", expired" : "";
    text += unicode::displayable(lease.resource) + "  " + std::to_string(lease.token) + "  " +
            unicode::displayable(lease::describe(lease)) + state + "\n";
  }
  return text;
}

std::string lease_take_text(const std::string& resource, const Answer& answer, Format format) {
  const bool held = answer.state == Answer::State::held;
  if (format != Format::json) return held ? std::to_string(answer.token) + "\n" : std::string();
  syntax::JsonWriter json;
  json.begin_object().key("schema").string("cascade.lease-take/1").key("resource").string(resource);
  json.key("state").string(name_of(answer.state));
  json.key("token");
  held ? json.number(answer.token) : json.null();
  json.key("holder");
  answer.other.resource.empty() ? static_cast<void>(json.null()) : write_lease(json, answer.other);
  return json.key("ahead").number(answer.ahead).end_object().take() + "\n";
}

std::string lease_history_text(const std::vector<lease::Event>& events) {
  std::size_t width = 0;
  for (const lease::Event& event : events) width = std::max(width, unicode::displayable(event.resource).size());
  std::string text;
  for (const lease::Event& event : events) {
    std::string resource = unicode::displayable(event.resource);
    resource.resize(std::max(width, resource.size()), ' ');
    const bool waits = event.kind == "waited" || event.kind == "refused";
    text +=
        "  " + resource + "  " + (event.agent.empty() ? "main" : unicode::displayable(event.agent)) + "  " + event.kind;
    if (waits) text += " after " + seconds(event.ms);
    if (event.kind == "released" || event.kind == "lost" || event.kind == "broken")
      text += " after " + seconds(event.ms);
    if (event.token > 0) text += "  token " + std::to_string(event.token);
    text += "\n";
  }
  return text.empty() ? text : "leases\n" + text;
}

}  // namespace cascade::cli
