// The language that a text is written in.
#pragma once

#include "route/dictionary.h"

namespace cascade::route {

// True for a text in ASCII with a few function words that only English has. A cheap test that nearly all English
// prompts pass.
bool is_plainly_english(std::string_view text);

// Judges by the scripts, the accented letters and the function words of at most about 100 words. English unless there
// is enough evidence for another language.
Language language_of(const Dictionary& dictionary, std::string_view text);

// The two letters of the language of a text, by the shipped dictionary: "en".
std::string_view language_code(std::string_view text);

}  // namespace cascade::route
