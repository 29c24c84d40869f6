#include "leases/lease.h"

#include <algorithm>
#include <cstdio>

#include "render/parts.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using lease::Answer;
using lease::Lease;

void write_lease(syntax::JsonWriter& json, const Lease& lease) {
  put(json.begin_object(), "resource", lease.resource, "token", lease.token, "session", lease.holder.session, "agent",
      lease.holder.agent, "pid", lease.holder.pid, "alive", lease.alive && lease.left_ms > 0, "held_seconds",
      lease.held_ms / 1000, "purpose", lease.purpose)
      .end_object();
}

std::string_view name_of(Answer::State state) {
  return state == Answer::State::held ? "held" : state == Answer::State::lost ? "lost" : "refused";
}

constexpr std::int64_t scale_width = 24;  // of the scale

std::string duration(std::int64_t ms) {
  if (ms < 1'000) return std::to_string(ms) + " ms";
  return ms < 120'000 ? std::to_string(ms / 1'000) + " s" : std::to_string(ms / 60'000) + " min";
}

// "08:30:01", UTC.
std::string clock(std::int64_t seconds) {
  char text[16];
  const auto of_day = static_cast<int>(seconds % 86'400);
  std::snprintf(text, sizeof text, "%02d:%02d:%02d", of_day / 3600, of_day / 60 % 60, of_day % 60);
  return text;
}

std::int64_t end_of(const LeaseUse& use) { return use.asked_at * 1'000 + use.waited_ms + use.held_ms; }

struct Scale {
  std::int64_t begin = 0, length = 1;  // milliseconds
  std::int64_t column(std::int64_t ms) const { return (ms - begin) * scale_width / length; }
};

Scale scale_of(const std::vector<LeaseUse>& uses) {
  Scale scale;
  scale.begin = uses.front().asked_at * 1'000;
  std::int64_t end = 0;
  for (const LeaseUse& use : uses) {
    scale.begin = std::min(scale.begin, use.asked_at * 1'000);
    end = std::max(end, end_of(use));
  }
  scale.length = std::max<std::int64_t>(end - scale.begin, 1);
  return scale;
}

// Waiting and holding each take at least one column, so that a short lease is still seen.
std::string bar(const LeaseUse& use, const Scale& scale) {
  const std::int64_t asked = std::min(scale.column(use.asked_at * 1'000), scale_width - 1);
  const std::int64_t taken = scale.column(use.asked_at * 1'000 + use.waited_ms), left = scale.column(end_of(use));
  std::string text;
  for (std::int64_t i = 0; i < scale_width; ++i) {
    const bool holds = use.token > 0 && i >= std::min(taken, scale_width - 1) && i < std::max(left, taken + 1);
    const bool waits = use.waited_ms > 0 && i >= asked && i < std::max(taken, asked + 1);
    text += holds ? "█" : waits ? "░" : " ";
  }
  return text;
}

std::string who(const LeaseUse& use, const std::string& session) {
  const std::string agent = use.agent.empty() ? "main" : unicode::displayable(use.agent);
  if (use.session == session) return agent;
  return (use.session.empty() ? std::string("a terminal")
                              : unicode::displayable(use.session.substr(0, 8)) + " " + agent);
}

std::string what(const LeaseUse& use) {
  std::string text;
  if (use.waited_ms > 0) text = "waited " + duration(use.waited_ms);
  if (use.token == 0)
    return (text.empty() ? "" : text + ", ") + "refused at " + clock(use.asked_at + use.waited_ms / 1'000);
  text += (text.empty() ? "held " : ", held ") + duration(use.held_ms) + " from " +
          clock(use.asked_at + use.waited_ms / 1'000) + ", token " + std::to_string(use.token);
  return use.end.empty() ? text + ", still" : use.end == "released" ? text : text + ", " + use.end;
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
  put(json, "resource", resource, "state", name_of(answer.state), "token",
      held ? std::optional(answer.token) : std::nullopt);
  json.key("holder");
  answer.other.resource.empty() ? static_cast<void>(json.null()) : write_lease(json, answer.other);
  return finish(put(json, "ahead", answer.ahead));
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
  std::ranges::stable_sort(uses, [](const auto& a, const auto& b) { return a.asked_at < b.asked_at; });
  return uses;
}

std::string lease_uses_text(const std::vector<LeaseUse>& uses, const std::string& session) {
  if (uses.empty()) return {};
  const Scale scale = scale_of(uses);
  std::size_t names = 0;
  std::vector<std::string> resources;
  for (const LeaseUse& use : uses) {
    names = std::max(names, who(use, session).size());
    if (std::ranges::find(resources, use.resource) == resources.end()) resources.push_back(use.resource);
  }
  std::string text = "leases\n";
  for (const std::string& resource : resources) {
    text += "  " + unicode::displayable(resource) + "\n";
    for (const LeaseUse& use : uses) {
      if (use.resource != resource) continue;
      std::string name = who(use, session);
      name.resize(std::max(names, name.size()), ' ');
      text += "    " + bar(use, scale) + "  " + name + "  " + what(use) + "\n";
    }
  }
  return text;
}

void write_lease_uses(syntax::JsonWriter& json, const std::vector<LeaseUse>& uses) {
  json.objects(uses, [&](const LeaseUse& use) {
    const bool is_held = use.token > 0;
    put(json, "resource", use.resource, "session", use.session, "agent", use.agent, "asked_at", use.asked_at,
        "waited_ms", use.waited_ms, "token", is_held ? std::optional(use.token) : std::nullopt, "held_ms",
        is_held ? std::optional(use.held_ms) : std::nullopt, "end", syntax::or_null(use.end));
  });
}

}  // namespace cascade::rendering
