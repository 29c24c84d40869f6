// Passes tool calls and ends of turns to the systems that keep evidence: effects and playbooks.
#pragma once

#include <cascade/result.h>

#include <string>

#include "hook/event.h"
#include "policy/policy.h"
#include "systems/systems.h"

namespace cascade::systems {

// Handles PostToolUse and PostToolUseFailure: reads the call once (systems/tool_call.h, evidence/deed.h) and passes it
// to each system that is on. Returns the answer, which begins with `context`; empty if there is none.
Result<std::string> note_deed(const hook::EventInput& event, const policy::Policy& policy,
                              const Surroundings& surroundings, std::string context);

// Handles Stop and SubagentStop. Returns the answer; empty if there is none.
Result<std::string> note_turn_end(const hook::EventInput& event, const policy::Policy& policy,
                                  const Surroundings& surroundings);

}  // namespace cascade::systems
