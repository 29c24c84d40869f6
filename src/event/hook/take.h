// Serves a request by name or by words: from the model through the entry skill, from the user through "/cascade ...".
#pragma once

#include <string>
#include <string_view>

#include "hook/event.h"

namespace cascade::hook {

enum class Taker { model, user };

// `wanted` is data: a manifest's name followed by arguments, or words to search for. A skill or command is answered
// with its layer (once, within the budget, recorded), an agent with how to start it, and words with the best matches. A
// model does not get what only the user may start or what the user ruled out; nobody gets what is switched off.
Result<Answer> take(Conversation& conversation, std::string_view wanted, Taker taker);

}  // namespace cascade::hook
