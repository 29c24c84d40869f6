// Routes a prompt and leaves out manifests that do not belong in this conversation.
#pragma once

#include <cascade/route.h>

#include "hook/event.h"

namespace cascade::hook {

// Routes the query without the manifests that need a program or file that is missing here, that their author or the
// user reserves for calls by name, that are switched off, or that the conversation ruled out. A manifest called by name
// is let in all the same, unless it is switched off or this very prompt refuses it.
Routing route_prompt(Conversation& conversation, const Router& router, Query query);

// Whether the prompt calls the manifest by name.
bool is_called(const Routing& routing, ManifestId id);
bool is_refused(const Routing& routing, ManifestId id);

}  // namespace cascade::hook
