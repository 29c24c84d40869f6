// Where a hunk stands in its file.
#pragma once

#include <string_view>
#include <vector>

#include "explain/change.h"

namespace cascade::comprehension {

// The lines that a diff shows around the hunk, and the first line of each block that it stands in: what encloses it by
// indentation, as its function and class. `text`: of the file with the change. Linear.
std::vector<std::string_view> surrounding_lines(std::string_view text, const Hunk& hunk);

}  // namespace cascade::comprehension
