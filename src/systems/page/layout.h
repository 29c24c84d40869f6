// Where the nodes of a map are in their columns.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace cascade::page {

// The row of each node in its column, such that links cross little: each node is put near the middle of its neighbours,
// over and over, and ties keep their order. The same input gives the same rows. `column_of`: by node.
std::vector<std::uint32_t> rows_of(const std::vector<std::uint8_t>& column_of,
                                   const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links);

}  // namespace cascade::page
