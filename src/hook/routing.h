// A prompt's routing, without what has no business in this conversation.
#pragma once

#include <cascade/route.h>

#include "hook/event.h"

namespace cascade::hook {

// What `router` makes of the query, less what needs a program or a file that is not here, what its author or the user
// keeps for a call by name, what is switched off, and what the conversation ruled out. What is called by its name comes
// nevertheless, unless it is switched off or ruled out by this very prompt (`ruled_out`, sorted).
Routing route_prompt(Conversation& conversation, const Router& router, Query query,
                     const std::vector<ManifestId>& ruled_out);

}  // namespace cascade::hook
