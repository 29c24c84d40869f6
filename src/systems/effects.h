// Effects and witnesses between the client's events and the session's ledger.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/claims.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "session/ledger.h"
#include "systems/systems.h"

namespace cascade::systems {

// What the ledger knows of the outside, in the order in which it happened.
std::vector<evidence::Event> outside_events(const session::Ledger& ledger);

// Notes what a call did outside and what it showed there.
Result<void> note_effects(const evidence::ToolCall& call, const std::vector<evidence::Finding>& findings,
                          const policy::Policy& policy, const Surroundings& surroundings, session::Ledger& ledger);

// Of a prompt of the client's own: a background task that ended.
Result<void> note_task(const hook::EventInput& event, session::Ledger& ledger, std::int64_t now);

// What Stop or SubagentStop says about effects below their level, in the mode that its gate has earned; empty: nothing.
// It is noted in the same step, so that no turn is spoken to twice, whatever else runs.
struct Said {
  policy::Mode mode = policy::Mode::shadow;
  std::string text;
};
Result<Said> speak_of_effects(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings, session::Ledger& ledger);

// The effect of a session, as its gate knows it.
std::string effect_subject(const std::string& session, std::uint64_t id);

}  // namespace cascade::systems
