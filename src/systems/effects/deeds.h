// Passes tool calls and ends of turns to the systems that keep evidence: effects and playbooks.
#pragma once

#include <cascade/result.h>

#include <string>

#include "events/systems.h"
#include "evidence/deed.h"
#include "hook/event.h"
#include "policy/policy.h"

namespace cascade::systems {

// Handles PostToolUse and PostToolUseFailure: reads the call once (systems/tool_call.h, evidence/deed.h) and passes it
// to each system that is on. Returns the answer, which begins with `context`.
Result<client::Answer> note_deed(const HookEvent::Input& input, const policy::Policy& policy,
                                 const Surroundings& surroundings, std::string context);

// Handles Stop and SubagentStop.
Result<client::Answer> note_turn_end(const HookEvent::Input& input, const policy::Policy& policy,
                                     const Surroundings& surroundings);

}  // namespace cascade::systems
