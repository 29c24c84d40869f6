// What a routing brings into the main conversation: texts, how to start what has no text here, and offers.
#pragma once

#include <cascade/route.h>

#include <string>

#include "hook/event.h"
#include "hook/routing.h"

namespace cascade::hook {

// Loads what is loaded as one layer under one budget, tells how to start agents and what must be called, and offers the
// rest. What the budget leaves out is named, and what is not safe. `note`: lines that come with it, about an agent that
// the prompt calls.
Result<Answer> say_all(Conversation& conversation, const Routed& routed, const std::string& note);

// Tells the model how to start the agent; empty if it was said, or if the prompt calls an agent that the client has
// loaded. Lifts an earlier ban on the agent.
std::string how_to_call(Conversation& conversation, const Routing& routing, ManifestId agent);

}  // namespace cascade::hook
