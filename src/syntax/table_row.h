// Rows of GFM tables.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::syntax {

// Counts the cells of a row; a line without a pipe is one cell. Escaped pipes do not count.
std::size_t count_cells(std::string_view line) noexcept;

// Returns the number of cells of a delimiter row ("| :-- | --: |"), 0 for any other line.
std::size_t delimiter_cells(std::string_view line) noexcept;

}  // namespace cascade::syntax
