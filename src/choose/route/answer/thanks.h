// Thanks in a request: they ask for nothing, but their words would dilute what does.
#pragma once

#include "route/answer/prompt.h"

namespace cascade::route {

// Takes the thanks that a request ends or begins with out of its words, where enough is said besides: from the word of
// thanks to the end, or from the beginning to a mark.
void drop_thanks(Prompt& prompt);

}  // namespace cascade::route
