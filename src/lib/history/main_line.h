// The line of first parents from the head back, and what each of its commits brought in.
#pragma once

#include <cstdint>
#include <vector>

#include "history/history.h"

namespace cascade::metrics {

// For each commit the one of the main line with which it arrived: the merge, or itself. By place. O(n).
std::vector<std::uint32_t> brought_by(const History& history);

}  // namespace cascade::metrics
