// How far two names are apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::registry {

// Insertions, deletions, substitutions and swaps of neighbours, case and `-`/`_` folded, in bytes; `limit + 1` when it
// is above `limit`. O(limit * length).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace cascade::registry
