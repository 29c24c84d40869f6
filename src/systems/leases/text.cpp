#include "leases/text.h"

#include <algorithm>

#include "render/parts.h"
#include "syntax/json.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
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

}  // namespace

std::string lease_list_text(const std::vector<Lease>& leases, Format format) {
  if (format == Format::json) {
    auto json = document("cascade.lease-list/1");
    json.key("leases").array(leases, [&](const Lease& lease) { write_lease(json, lease); });
    return finish(json);
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
  auto json = document("cascade.lease-take/1");
  json.key("resource").string(resource);
  json.key("state").string(name_of(answer.state));
  json.key("token");
  held ? json.number(answer.token) : json.null();
  json.key("holder");
  answer.other.resource.empty() ? static_cast<void>(json.null()) : write_lease(json, answer.other);
  return finish(json.key("ahead").number(answer.ahead));
}

// Each token of a resource is one use: it was taken, at once or after a wait, and held until something ended it. If the
// next use began without an end of this one, its holder was gone.
std::vector<LeaseUse> lease_uses(const std::vector<lease::Event>& events, std::int64_t now) {
  std::vector<LeaseUse> uses;
  const auto held = [&](const lease::Event& event) {
    return std::find_if(uses.rbegin(), uses.rend(), [&](const LeaseUse& use) {
      return use.resource == event.resource && use.token == event.token && use.token > 0;
    });
  };
  for (const lease::Event& event : events) {
    if (event.kind == "taken") {
      for (LeaseUse& use : uses)
        if (use.resource == event.resource && use.token > 0 && use.end.empty()) {
          use.end = "gone";
          use.held_ms = (event.at - use.asked_at) * 1'000;
        }
      uses.push_back({event.resource, event.session, event.agent, event.at, 0, 0, event.token, ""});
    } else if (event.kind == "refused") {
      uses.push_back(
          {event.resource, event.session, event.agent, event.at - event.ms / 1'000, event.ms, 0, 0, "refused"});
    } else if (const auto use = held(event); use != uses.rend() && event.kind == "waited") {
      use->waited_ms = event.ms;
      use->asked_at -= event.ms / 1'000;
    } else if (use != uses.rend()) {
      use->held_ms = event.ms;
      if (use->end.empty() || event.kind == "broken") use->end = event.kind;
    }
  }
  for (LeaseUse& use : uses)
    if (use.end.empty()) use.held_ms = std::max<std::int64_t>((now - use.asked_at) * 1'000 - use.waited_ms, 0);
  std::stable_sort(uses.begin(), uses.end(), [](const auto& a, const auto& b) { return a.asked_at < b.asked_at; });
  return uses;
}

}  // namespace cascade::rendering
