// What the client itself has put into the main conversation of a manifest that it loads as well.
#pragma once

#include <cstdint>
#include <vector>

#include "hook/event.h"

namespace cascade::hook {

// The hashes of its sections if the client sends its text with this prompt ("/name ..."), or did so before, for the
// user or for the model; empty if it did not. Compaction does not change it: the client attaches such a skill anew
// (2.1.330). One look at the end of the transcript for a skill that is installed; none for anything else.
std::vector<std::uint64_t> sent_by_client(const Conversation& conversation, const ManifestView& manifest);

}  // namespace cascade::hook
