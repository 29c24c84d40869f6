// Lays out a table in two steps: measure every column, then shrink text columns until a line fits the terminal. Texts
// are left out and cut from the last column on, since the first text names the row and later ones only explain it.
#include "render/text_table.h"

#include "render/parts.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

constexpr std::size_t gap = 2, least_text = 16;

struct Shape {
  std::size_t width = 0;
  bool is_text = false;  // it may be cut; numbers may not
  bool is_left_out = false;
};

// The width of a line whose texts, except the first one at `first`, are cut to their minimum (`least`) or whole.
std::size_t width_of_line(const std::vector<Shape>& columns, std::size_t first, bool least) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!columns[i].is_left_out) {
      const bool cut = least && i != first && columns[i].is_text;
      width += (width == 0 ? 0 : gap) + (cut ? std::min(columns[i].width, least_text) : columns[i].width);
    }
  return width;
}

// Makes the columns fit into `room`. Long texts are left out, from the last one on, until the remaining ones can be
// shown long enough to be understood; then these are cut, from the last one on; the first text, which holds the names,
// is cut only at the end.
void fit(std::vector<Shape>& columns, std::size_t room) {
  std::size_t first = 0;
  while (first < columns.size() && !columns[first].is_text) ++first;
  for (std::size_t i = columns.size(); i-- > first + 1 && width_of_line(columns, first, true) > room;)
    columns[i].is_left_out = columns[i].is_text && columns[i].width >= least_text;
  for (std::size_t i = columns.size(); i-- > first;) {
    const std::size_t width = width_of_line(columns, first, false);
    if (width > room && columns[i].is_text && !columns[i].is_left_out && columns[i].width > least_text)
      columns[i].width -= std::min(width - room, columns[i].width - least_text);
  }
}

}  // namespace

void TextTable::row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::take(Paint paint, std::string_view indent) const {
  std::vector<Shape> shapes;
  bool titled = false;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t width = columns_[i].title.size();
    for (const auto& cells : rows_) width = std::max(width, unicode::count_code_points(cells[i]));
    shapes.push_back({width, columns_[i].align == Align::left});
    titled = titled || !columns_[i].title.empty();
  }
  const std::size_t before = unicode::count_code_points(indent);
  if (paint.width() > before) fit(shapes, paint.width() - before);
  std::string out;
  const auto line = [&](const auto& cell_of, bool heading) {
    std::string text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (shapes[i].is_left_out) continue;
      const std::string& whole = cell_of(i);
      const std::string cell =
          unicode::count_code_points(whole) > shapes[i].width ? shortened(whole, shapes[i].width) : whole;
      const std::string padding(shapes[i].width - unicode::count_code_points(cell), ' ');
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
