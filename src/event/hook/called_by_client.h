// Manifests that must be called rather than read: those that run in a subagent of their own, and those in whose text
// the client runs commands.
#pragma once

#include <string>

#include "hook/event.h"

namespace cascade::hook {

// Whether the author wants it to run in a subagent of its own (`context: fork`).
bool runs_apart(const Registry& registry, ManifestId id);

// Whether its text has commands that the client runs when the manifest is called. Reads the file.
bool runs_commands(const Conversation& conversation, ManifestId id);

// A sentence that tells the model how to start the manifest, for one whose text must not be pasted into the main
// conversation; empty for all others. `arguments`: those of the call, or empty.
std::string how_to_start(Conversation& conversation, ManifestId id, std::string_view arguments = {});

}  // namespace cascade::hook
