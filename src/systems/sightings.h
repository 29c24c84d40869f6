// What a tool call shows of the playbook that is open: a test run that failed or passed, a commit.
#pragma once

#include <cascade/result.h>

#include <string>

#include "evidence/deed.h"
#include "hook/event.h"
#include "systems/systems.h"

namespace cascade::systems {

// Notes what lets an open step end, or no longer lets it. A line for the model when one may end that could not before;
// else nothing. Costs a look at the ledger where no playbook is open.
Result<std::string> note_sightings(const hook::EventInput& event, const evidence::Deed& deed,
                                   const Surroundings& surroundings);

}  // namespace cascade::systems
