// Thanks in a request: they ask for nothing, but their words would dilute what does.
#pragma once

#include "route/answer/prompt.h"

namespace cascade::route {

// A prompt without the thanks that it ends or begins with, where enough is said besides: from the word of thanks to the
// end, or from the beginning to a mark. Linear.
Prompt read_request(const Tables& tables, std::string_view text, bool english = false);

}  // namespace cascade::route
