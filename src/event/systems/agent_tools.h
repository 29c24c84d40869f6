// A subagent and the tools that its manifest names.
#pragma once

#include <string>
#include <vector>

#include "hook/event.h"
#include "session/ledger.h"

namespace cascade::systems {

// The agent that the event's subagent acts as: the one injected for it, or else its type. Empty for an event of the
// main conversation.
std::string acting_agent(const session::Ledger& ledger, const hook::EventInput& event);

// Whether one of `names` covers the tool: by its full name, by its server ("mcp__x" for "mcp__x__y"), or by a prefix
// that ends in "*".
bool is_named(const std::vector<std::string>& names, const std::string& tool);

}  // namespace cascade::systems
