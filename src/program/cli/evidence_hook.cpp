// Connects the systems that know places, effects, playbooks, leases and checks to the client's events.
#include "cli/event_systems.h"
#include "cli/guard.h"
#include "cli/system_surroundings.h"
#include "systems/systems.h"

namespace cascade::cli {

Result<client::Answer> note_evidence(EventSession& session) {
  constexpr std::uint32_t most_with_checks = 27'000;  // milliseconds, of thirty at the end of a turn with checks
  if (!session.is_of_usual_client()) return client::Answer();
  systems::Surroundings surroundings = system_surroundings(session.call(), session.now());
  surroundings.wait_longer = [] { Guard::extend(most_with_checks); };
  return systems::note_event(session.input(), session.policies(), session.project(), surroundings);
}

}  // namespace cascade::cli
