// Names the manifests that may fit in a few lines and leaves the choice to the model.
#pragma once

#include <cascade/route.h>

#include "hook/event.h"

namespace cascade::hook {

struct Offer {
  std::string text;    // for the model; empty: nothing is left to offer
  std::string notice;  // for the user's screen
};

// Offers what the router would, each manifest once a conversation, and says how to load one, in at most 160 tokens.
// Exactly the manifests that are named are recorded as offered.
Offer offer(Conversation& conversation, const Routing& routing);

// Returns the line and records it, once a conversation for each manifest. Empty if it was said before or exceeds the
// budget.
std::string say_once(Conversation& conversation, const ManifestView& manifest, const std::string& decision,
                     std::uint32_t score, const std::string& line);

// Records that the user called a manifest that they had ruled out: the ban is lifted.
void call_back(Conversation& conversation, const ManifestView& manifest);

}  // namespace cascade::hook
