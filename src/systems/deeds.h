// What tools did and where turns end, told to the systems that keep evidence: effects, playbooks.
#pragma once

#include <cascade/result.h>

#include <string>

#include "hook/event.h"
#include "policy/policy.h"
#include "systems/systems.h"

namespace cascade::systems {

// PostToolUse and PostToolUseFailure. The call is read once (systems/tool_call.h, evidence/deed.h) and given to each
// system that is on. What to answer; empty: nothing.
Result<std::string> note_deed(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings);

// Stop and SubagentStop. What to answer; empty: nothing.
Result<std::string> note_turn_end(const hook::EventInput& event, const policy::Policy& policy,
                                  const Surroundings& surroundings);

}  // namespace cascade::systems
