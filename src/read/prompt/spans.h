// Quoted sentences, code and markup within what the person says.
#pragma once

#include <string_view>
#include <vector>

#include "prompt/part.h"

namespace cascade::prompt {

// Appends the parts of text[begin, end), which is said but for such spans. A quoted name of a few words is only a name
// and stays said. Linear.
void add_said(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<Part>& parts);

// Appends a part, or lengthens the last one of the same kind. Empty parts are not added.
void add_part(std::vector<Part>& parts, std::uint32_t begin, std::uint32_t end, PartKind kind);

}  // namespace cascade::prompt
