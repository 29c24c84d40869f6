// Passes tool calls and ends of turns to the systems that keep evidence: effects and playbooks.
#pragma once

#include <cascade/result.h>

#include <string>

#include "events/systems.h"
#include "evidence/deed.h"
#include "hook/event.h"
#include "policy/policy.h"

namespace cascade::systems {

// Handles PostToolUse and PostToolUseFailure: reads the call once (evidence/tool_call.h, evidence/deed.h) and passes it
// to each system that is on. Returns the answer, which begins with `context`.
Result<client::Answer> note_deed(const HookEvent::Input& input, const policy::Policy& policy,
                                 const Surroundings& surroundings, std::string context);


}  // namespace cascade::systems
