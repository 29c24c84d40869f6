#include "events/hearers.h"

#include <algorithm>
#include <vector>

#include "events/verdict.h"
#include "hook/clean.h"
#include "hook/event.h"
#include "policy/system.h"
#include "system/system.h"

namespace cascade::systems {
namespace {

bool hears(const core::System& system, client::EventKind event, policy::Role role) {
  return system.hear != nullptr &&
         std::any_of(system.switches.begin(), system.switches.end(),
                     [&](std::string_view name) { return policy::is_heard(name, event, role); });
}

}  // namespace

client::Answer what_systems_say(EventSession& session) {
  std::vector<client::Answer> said;
  for (const core::System* const system : core::systems()) {
    if (!hears(*system, session.event().kind, policy::Role::says)) continue;
    if (auto words = system->hear(session))
      said.push_back(*std::move(words));
    else
      session.log(words.error());
  }
  client::Answer all;
  session.lines.notice = hook::beginning(session.lines.notice, most_units);
  hook::join(session.event(), all, session.lines);
  for (const client::Answer& words : said) hook::join(session.event(), all, words);
  return all;
}

void tell_systems(EventSession& session) {
  for (const core::System* const system : core::systems()) {
    const client::EventKind event = session.event().kind;
    if (!hears(*system, event, policy::Role::notes) || hears(*system, event, policy::Role::says)) continue;
    if (const auto noted = system->hear(session); !noted) session.log(noted.error());
  }
}

}  // namespace cascade::systems
