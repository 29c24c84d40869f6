// A subagent and the tools that its manifest names.
#pragma once

#include <string>
#include <vector>

#include "hook/event.h"
#include "session/ledger.h"

namespace cascade::systems {

// The agent that the subagent of this event acts as: what was injected for it, else its type. Empty: the main
// conversation's event.
std::string acting_agent(const session::Ledger& ledger, const hook::EventInput& event);

// Whether one of `names` stands for the tool: itself, its server ("mcp__x" for "mcp__x__y"), or "*" at its end.
bool is_named(const std::vector<std::string>& names, const std::string& tool);

}  // namespace cascade::systems
