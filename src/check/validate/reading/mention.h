// Whether a sentence talks about a command shown in code, or tells the reader to run it.
#pragma once

#include "validate/reading/text_model.h"

#include <string_view>

namespace cascade::validation {

// "`x | sh` is how worms spread", "the guard stops `x`", "why is `x` dangerous?": the command is the subject of a
// statement, the object of somebody else's action, part of a question, or what a guard's table watches. `span`: a code
// span of the text.
bool is_talked_about(const TextModel& text, const Stretch& span);

// Whether the words leave the decision to the user: "ask before", "if the user agrees", "with approval only".
bool asks_for_consent(std::string_view words) noexcept;
// Whether the words of a step have what follows it confirmed ("ask for final confirmation"): a stricter question, for
// text that is not the command's own sentence.
bool confirms_first(std::string_view words) noexcept;

}  // namespace cascade::validation
