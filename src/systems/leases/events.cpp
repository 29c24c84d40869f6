// What leases hear of the client, and what they add to `cascade session show`.
#include <ctime>

#include "cli/call.h"
#include "events/event_session.h"
#include "leases/calls.h"
#include "leases/text.h"
#include "store/state_store.h"
#include "system/system.h"

namespace cascade::systems {

using client::EventKind;

// A subagent that starts takes over the leases of its call (own_tree.cpp); a caller whose turn is over gives up its
// own.
Result<client::Answer> hear_callers(EventSession& session) {
  const client::EventInput& event = session.event();
  const bool begins = event.kind == EventKind::subagent_start;
  const bool ends = event.kind == EventKind::subagent_stop || event.kind == EventKind::turn_end ||
                    event.kind == EventKind::session_end;
  if (!session.is_of_usual_client() || !session.has_memory() || !(begins || ends)) return client::Answer();
  const auto& policy = session.policy();
  if (!policy) return policy.error();
  const policy::Mode mode = policy->mode_of("leases");
  if (mode == policy::Mode::off || (begins && (mode != policy::Mode::block || event.agent_id.empty())))
    return client::Answer();
  const auto store = policy::store_of(*policy);
  if (!store) return store.error();
  const bool is_agent = begins || event.kind == EventKind::subagent_stop;
  const LeaseEnd caller{event.session_id, is_agent ? event.agent_id : std::string(),
                        event.kind == EventKind::session_end, *store};
  const auto done = begins ? take_over(caller, event.agent_type, session.surroundings())
                           : release_leases(caller, session.surroundings());
  if (!done) return done.error();
  return client::Answer();
}

// Who held the resources that the session used. The store is opened only if it exists.
core::SessionPart lease_part(const cli::Environment& environment, const std::string& id) {
  std::vector<rendering::LeaseUse> uses;
  const auto place = cli::configured_store(environment, false, true);
  auto leases = place ? lease::Leases::open(*place) : Result<lease::Leases>(place.error());
  const auto events = leases ? leases->history(id) : Result<std::vector<lease::Event>>(leases.error());
  core::SessionPart part;
  if (events)
    uses = rendering::lease_uses(*events, std::time(nullptr));
  else if (events.error().code != ErrorCode::not_found)
    part.fault = "it is not known who held what: " + events.error().message;
  part.text = rendering::lease_uses_text(uses, id);
  part.key = "leases";
  part.write = [uses = std::move(uses)](syntax::JsonWriter& json) { rendering::write_lease_uses(json, uses); };
  return part;
}

}  // namespace cascade::systems
