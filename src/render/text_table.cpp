#include "render/text_table.h"

#include "render/parts.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

constexpr auto no_limit = static_cast<std::size_t>(-1);

// What the terminal leaves for the last column, at least enough to tell what it is about.
std::size_t room_for_last(const std::vector<std::size_t>& widths, Paint paint, std::size_t indent) {
  constexpr std::size_t least = 16;
  if (paint.width() == 0 || widths.empty()) return no_limit;
  std::size_t used = indent;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) used += widths[i] + 2;
  return paint.width() > used + least ? paint.width() - used : least;
}

}  // namespace

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
  const std::size_t room = room_for_last(widths, paint, unicode::count_code_points(indent));
  const auto line = [&](const auto& cell_of, bool heading) {
    std::string text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string cell = i + 1 == columns_.size() && room != no_limit ? shortened(cell_of(i), room) : cell_of(i);
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
