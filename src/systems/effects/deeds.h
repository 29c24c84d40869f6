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

// Finds what a call shows of the open playbook, a test run that failed or passed, a commit. Records evidence that lets
// an open step end, or that no longer does. Returns a line for the model if a step may end that could not before;
// otherwise nothing. If no playbook is open, it costs one read of the ledger.
Result<std::string> note_sightings(const HookEvent::Input& input, const evidence::Deed& deed,
                                   const Surroundings& surroundings);

}  // namespace cascade::systems
