// Rows of GFM tables.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::syntax {

// The number of cells of a row; a line without a pipe is one cell. Pipes behind a backslash do not count.
std::size_t count_cells(std::string_view line) noexcept;

// The number of cells of a delimiter row ("| :-- | --: |"), 0 for any other line.
std::size_t delimiter_cells(std::string_view line) noexcept;

}  // namespace cascade::syntax
