// Tells which manifest texts the client itself has put into the main conversation.
#pragma once

#include <cstdint>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

// The hashes of the manifest's sections if the client sends its text with this prompt ("/name ..."), or has sent it
// before, for the user or for the model; otherwise empty. Compaction does not change that: the client attaches such a
// skill again (2.1.330). Costs one look at the end of the transcript for an installed skill, and nothing for any other.
std::vector<std::uint64_t> sent_by_client(const Conversation& conversation, const ManifestView& manifest);

// Whether the prompt is "/name ..." and the client sends the manifest's text with it.
bool is_sent_as_typed(const Conversation& conversation, const ManifestView& manifest);

}  // namespace cascade::hook
