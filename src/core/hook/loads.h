// What a routing brings into the main conversation: texts, how to start what has no text here, and offers.
#pragma once

#include <cascade/route.h>

#include <string>

#include "hook/event.h"

namespace cascade::hook {

// Loads what is loaded as one layer under one budget, tells how to start agents and what must be called, and offers the
// rest. What the budget leaves out is named. `note`: lines that come with it, about an agent that the prompt calls;
// `only_called`: nothing that the prompt does not call by name is said.
Result<Answer> say_all(Conversation& conversation, const Routing& routing, const std::string& note, bool only_called);

// Tells the model how to start the agent; empty if it was said, or if the prompt calls an agent that the client has
// loaded. Lifts an earlier ban on the agent.
std::string how_to_call(Conversation& conversation, const Routing& routing, ManifestId agent);

}  // namespace cascade::hook
