#include "systems/hearers.h"

#include "hook/event.h"
#include "policy/system.h"
#include "session/ledger.h"
#include "systems/skill_hooks.h"
#include "systems/systems.h"

#include <algorithm>

namespace cascade::systems {
namespace {

// Places, effects, playbooks, leases, checks.
Result<client::Answer> note_evidence(EventSession& session) {
  if (!session.is_of_usual_client()) return client::Answer();
  return note_event(session.input(), session.policies(), session.project(), session.surroundings());
}

// Skill hooks run with the library that the event is answered from, where there is one. Elsewhere the ledger is asked
// first which manifests are active, and a library is opened only if there are any: most events pay nothing.
Result<client::Answer> run_hooks(EventSession& session) {
  if (!session.is_of_usual_client() || !session.has_memory()) return client::Answer();
  const policy::Mode mode = session.mode(&policy::Policy::trust);
  if (mode == policy::Mode::off) return client::Answer();
  const std::vector<std::string> active = session::in_force(session.ledger(), session.event().agent_id);
  if (active.empty()) return client::Answer();
  const auto opened = session.workspace != nullptr
                          ? std::nullopt
                          : library_of(session.surroundings(), session.event().working_directory, Freshness::off);
  const Workspace* const library = opened ? &*opened : session.workspace;
  if (library == nullptr) return client::Answer();
  return systems::run_skill_hooks(hooked_among(*library, active), session.event(), session.json(), mode,
                                  session.ledger(), hook_place(session.surroundings()))
      .answer;
}

// What hears the events of these systems, in the order in which their words are joined.
struct Hearer {
  Result<client::Answer> (*run)(EventSession& session);
  std::string_view systems[5];
};

constexpr Hearer hearers[] = {{note_evidence, {"repository", "effects", "playbooks", "leases", "gates"}},
                              {run_hooks, {"trust"}},
                              {note_tiers, {"tiers"}},
                              {keep_memory, {"memory"}},
                              {offer_past, {"past"}}};

bool hears(const Hearer& hearer, client::EventKind event, policy::Role role) {
  return std::any_of(std::begin(hearer.systems), std::end(hearer.systems),
                     [&](std::string_view system) { return !system.empty() && policy::is_heard(system, event, role); });
}

}  // namespace

client::Answer what_systems_say(EventSession& session) {
  client::Answer all;
  for (const Hearer& hearer : hearers) {
    if (!hears(hearer, session.event().kind, policy::Role::says)) continue;
    if (const auto words = hearer.run(session))
      hook::join(session.event(), all, *words);
    else
      session.log(words.error());
  }
  return all;
}

void tell_systems(EventSession& session) {
  for (const Hearer& hearer : hearers) {
    const client::EventKind event = session.event().kind;
    if (!hears(hearer, event, policy::Role::notes) || hears(hearer, event, policy::Role::says)) continue;
    if (const auto noted = hearer.run(session); !noted) session.log(noted.error());
  }
}

}  // namespace cascade::systems
