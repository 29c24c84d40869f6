// Lays out columns for people: cells are padded to the widest of their column.
#pragma once

#include "render/parts.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {

enum class Align : std::uint8_t { left, right };

// Cells hold displayable text of one line; widths count code points. The last column is never padded. On a terminal
// that is too narrow, texts are cut and then left out, from the last one on; numbers stay whole, and the first text is
// cut last.
class TextTable {
 public:
  // A column without a title has none in the heading line; if no column has a title, there is no heading line.
  void column(std::string_view title, Align align = Align::left) { columns_.push_back({std::string(title), align}); }
  void columns(std::initializer_list<std::string_view> titles, Align align = Align::left) {
    for (const std::string_view title : titles) column(title, align);
  }
  void row(std::vector<std::string> cells);
  bool empty() const noexcept { return rows_.empty(); }
  std::string take(Paint paint, std::string_view indent = {}) const;

 private:
  struct Column {
    std::string title;
    Align align = Align::left;
  };
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace cascade::rendering
