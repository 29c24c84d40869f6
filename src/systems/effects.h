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
                          session::Ledger& ledger, std::int64_t now);

// Of a prompt of the client's own: a background task that ended.
Result<void> note_task(const hook::EventInput& event, session::Ledger& ledger, std::int64_t now);

// What Stop or SubagentStop says about effects below their level; empty: nothing. It is noted in the same step, so that
// no turn is spoken to twice, whatever else runs.
Result<std::string> speak_of_effects(const hook::EventInput& event, policy::Mode mode, session::Ledger& ledger,
                                     std::int64_t now);

}  // namespace cascade::systems
