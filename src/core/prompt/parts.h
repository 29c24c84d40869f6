// A prompt as parts: what the person says, and what is quoted or pasted. Orders, names and refusals count only in what
// the person says.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "prompt/lines.h"

namespace cascade::prompt {

// In order and without gaps; at least one for a text that is not empty. Linear; a line without any mark costs one scan.
std::vector<Part> read_parts(std::string_view text);

// The text with everything that is not said blanked by spaces. Line breaks and all offsets stay.
std::string only_said(std::string_view text, const std::vector<Part>& parts);

}  // namespace cascade::prompt
