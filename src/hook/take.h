// Somebody asks for something by name or by words: the model by the entry skill, the user by "/cascade ...".
#pragma once

#include <string>
#include <string_view>

#include "hook/event.h"

namespace cascade::hook {

enum class Taker { model, user };

// `wanted` is data: a manifest's name, with arguments behind it, or words to search for. A skill or command comes as
// its layer (once, within the budget, noted), an agent as how to start it, words as the best matches. What only the
// user may start, and what they ruled out, a model does not get; what is switched off nobody does.
Result<Answer> take(Conversation& conversation, std::string_view wanted, Taker taker);

}  // namespace cascade::hook
