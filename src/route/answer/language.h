// The language that a text is written in.
#pragma once

#include "route/dictionary.h"

namespace cascade::route {

// Without a letter beyond ASCII, and with words that join others in English only. Cheap: nearly all English prompts
// are.
bool is_plainly_english(std::string_view text);

// By its scripts, its letters, and the words that only join others; at most some 100 of its words are looked at.
// English where little speaks for another language.
Language language_of(const Dictionary& dictionary, std::string_view text);

}  // namespace cascade::route
