// Connects effects and witnesses to the client's events and the session's ledger.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <vector>

#include "events/systems.h"
#include "evidence/claims.h"
#include "hook/event.h"
#include "policy/policy.h"
#include "session/ledger.h"

namespace cascade::systems {

// Records what a call changed outside and what it showed there.
Result<void> note_effects(const evidence::ToolCall& call, const std::vector<evidence::Finding>& findings,
                          const policy::Policy& policy, const Surroundings& surroundings, session::Ledger& ledger);

// Records the end of a background task, which the client reports in a prompt of its own.
Result<void> note_task(const hook::EventInput& event, session::Ledger& ledger, std::int64_t now);

// The words of Stop or SubagentStop about effects below their level, in the mode that the gate has earned; empty if
// there are none. The ledger is written in the same step, so that no turn is addressed twice, whatever other processes
// run.
struct Said {
  policy::Mode mode = policy::Mode::shadow;
  std::string text;
};
Result<Said> speak_of_effects(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings, session::Ledger& ledger);

// The name of a session's effect as its gate's subject.
std::string effect_subject(const std::string& session, std::uint64_t id);

}  // namespace cascade::systems
