// Whether a prompt is written in English, which the spelling repair knows.
#pragma once

#include <string_view>

namespace cascade::route {

// False when more of its words are letters beyond ASCII, or small words of other languages, than small words of
// English. Looks at the first words only.
bool seems_english(std::string_view text);

}  // namespace cascade::route
