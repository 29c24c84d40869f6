#include "render/text_table.h"

#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {

void TextTable::column(std::string_view title, Align align) { columns_.push_back({std::string(title), align}); }

void TextTable::row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::take(Paint paint, std::string_view indent) const {
  std::vector<std::size_t> widths;
  bool titled = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = columns_[i].title.size();
    for (const auto& cells : rows_) width = std::max(width, unicode::count_code_points(cells[i]));
    widths.push_back(width);
    titled = titled || !columns_[i].title.empty();
  }
  std::string out;
  const auto line = [&](const auto& cell_of, bool heading) {
    std::string text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& cell = cell_of(i);
      const std::string padding(widths[i] - unicode::count_code_points(cell), ' ');
      if (i != 0) text += "  ";
      text += columns_[i].align == Align::right ? padding + cell : cell + padding;
    }
    while (!text.empty() && text.back() == ' ') text.pop_back();
    out.append(indent).append(heading ? paint.faint(text) : text) += '\n';
  };
  if (titled) line([&](std::size_t i) -> const std::string& { return columns_[i].title; }, true);
  for (const auto& cells : rows_) line([&](std::size_t i) -> const std::string& { return cells[i]; }, false);
  return out;
}

}  // namespace cascade::rendering
