// What may fit, named in a few lines and left to the model.
#pragma once

#include <cascade/route.h>

#include "hook/event.h"

namespace cascade::hook {

// Up to three of the best, each once a conversation, with how to take one, in at most 120 tokens; empty when nothing is
// left to offer. What is noted as offered is what was named.
std::string offer(Conversation& conversation, const Routing& routing);

// A line about a manifest, once a conversation; empty when it was said, or costs more than the budget.
std::string say_once(Conversation& conversation, const ManifestView& manifest, const std::string& decision,
                     std::uint32_t score, const std::string& line);

// Notes that the user called what they had ruled out: that holds no longer.
void call_back(Conversation& conversation, const ManifestView& manifest);

}  // namespace cascade::hook
