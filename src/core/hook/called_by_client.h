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

// The hashes of the manifest's sections if the client sends its text with this prompt ("/name ..."), or has sent it
// before, for the user or for the model; otherwise empty. Compaction does not change that: the client attaches such a
// skill again (2.1.330). Costs one look at the end of the transcript for an installed skill, and nothing for any other.
std::vector<std::uint64_t> sent_by_client(const Conversation& conversation, const ManifestView& manifest);

// Whether the prompt is "/name ..." and the client sends the manifest's text with it.
bool is_sent_as_typed(const Conversation& conversation, const ManifestView& manifest);

}  // namespace cascade::hook
