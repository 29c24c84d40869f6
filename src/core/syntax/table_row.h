// Rows of GFM tables.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::syntax {

// The cells of a row, one after another. A `|` ends a cell unless a backslash escapes it; one at the beginning of the
// row ends none, and blanks behind the last one are none.
class TableCells {
 public:
  // As GFM has it, a bar in a code span ends a cell, too. `text`: it does not, as authors mean it.
  enum class BarsInCode : bool { end_cells, text };

  explicit TableCells(std::string_view row, BarsInCode bars = BarsInCode::end_cells) noexcept;

  bool next() noexcept;
  std::string_view cell() const noexcept { return cell_; }  // with the blanks around it

 private:
  std::string_view rest_, cell_;
  BarsInCode bars_;
};

// Counts the cells of a row; a line without a pipe is one cell. Escaped pipes do not count.
std::size_t count_cells(std::string_view line) noexcept;

// Returns the number of cells of a delimiter row ("| :-- | --: |"), 0 for any other line.
std::size_t delimiter_cells(std::string_view line) noexcept;

}  // namespace cascade::syntax
