// Finds what a tool call shows of the open playbook: a test run that failed or passed, a commit.
#pragma once

#include <cascade/result.h>

#include <string>

#include "evidence/deed.h"
#include "hook/event.h"
#include "systems/systems.h"

namespace cascade::systems {

// Records evidence that lets an open step end, or that no longer does. Returns a line for the model if a step may end
// that could not before; otherwise nothing. If no playbook is open, it costs one read of the ledger.
Result<std::string> note_sightings(const HookEvent::Input& input, const evidence::Deed& deed,
                                   const Surroundings& surroundings);

}  // namespace cascade::systems
