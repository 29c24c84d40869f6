#include "events/hearers.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "events/systems.h"
#include "hook/event.h"
#include "policy/system.h"
#include "session/ledger.h"
#include "system/system.h"

namespace cascade::systems {
namespace {

// Places, effects, playbooks, leases, checks.
Result<client::Answer> note_evidence(EventSession& session) {
  if (!session.is_of_usual_client()) return client::Answer();
  return note_event(session.input(), session.policies(), session.project(), session.surroundings());
}

bool hears(Span<std::string_view> systems, client::EventKind event, policy::Role role) {
  return std::any_of(systems.begin(), systems.end(),
                     [&](std::string_view system) { return policy::is_heard(system, event, role); });
}

struct Hearer {
  Span<std::string_view> systems;
  Result<client::Answer> (*run)(EventSession& session);
};

// In the order in which their words are joined.
std::vector<Hearer> hearers() {
  static constexpr std::string_view evidence[] = {"repository", "effects", "playbooks", "leases", "gates"};
  std::vector<Hearer> all = {{{evidence, std::size(evidence)}, note_evidence}};
  for (const core::System* const system : core::systems())
    if (system->hear != nullptr) all.push_back({system->switches, system->hear});
  return all;
}

}  // namespace

client::Answer what_systems_say(EventSession& session) {
  client::Answer all;
  for (const Hearer& hearer : hearers()) {
    if (!hears(hearer.systems, session.event().kind, policy::Role::says)) continue;
    if (const auto words = hearer.run(session))
      hook::join(session.event(), all, *words);
    else
      session.log(words.error());
  }
  return all;
}

void tell_systems(EventSession& session) {
  for (const Hearer& hearer : hearers()) {
    const client::EventKind event = session.event().kind;
    if (!hears(hearer.systems, event, policy::Role::notes) || hears(hearer.systems, event, policy::Role::says))
      continue;
    if (const auto noted = hearer.run(session); !noted) session.log(noted.error());
  }
}

}  // namespace cascade::systems
