#include "render/excerpt.h"

#include "syntax/lines.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <vector>

namespace cascade::rendering {
namespace {

constexpr std::size_t widest = 110, before_caret = 40;  // shown columns

// What each code point of the line is shown as.
std::vector<std::string> shown_cells(std::string_view line) {
  std::vector<std::string> cells;
  for (std::size_t offset = 0; offset < line.size();) {
    const std::uint32_t length = unicode::decode(line, offset).length;
    const std::string_view bytes = line.substr(offset, length);
    cells.push_back(bytes == "\t" ? " " : unicode::displayable(bytes));
    offset += length;
  }
  return cells;
}

std::size_t width(const std::vector<std::string>& cells, std::size_t begin, std::size_t end) {
  std::size_t sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += unicode::count_code_points(cells[i]);
  return sum;
}

// The part of the line to show, as positions in cells: all of it, or a window around the caret.
struct Window {
  std::size_t begin = 0, end = 0;
};

Window window_around(const std::vector<std::string>& cells, std::size_t caret) {
  Window window{0, cells.size()};
  if (width(cells, 0, cells.size()) <= widest) return window;
  if (caret > before_caret && width(cells, 0, caret) > widest - before_caret) window.begin = caret - before_caret;
  window.end = window.begin;
  while (window.end < cells.size() && width(cells, window.begin, window.end + 1) <= widest) ++window.end;
  return window;
}

}  // namespace

std::string excerpt(std::string_view text, const Location& at, Paint paint) {
  const syntax::LineIndex lines(text);
  if (at.line == 0 || at.line > lines.lines()) return {};
  const std::vector<std::string> cells = shown_cells(lines.line(at.line));
  const std::size_t first = std::min<std::size_t>(at.column == 0 ? 0 : at.column - 1, cells.size());
  std::size_t last = first + 1;
  if (at.end_line == at.line && at.end_column > at.column) last = at.end_column - 1;
  if (at.end_line > at.line) last = cells.size();
  const Window window = window_around(cells, first);
  last = std::clamp(last, first, std::max(window.end, first));

  const std::string number = std::to_string(at.line), margin(number.size() + 1, ' ');
  std::string shown = window.begin > 0 ? "..." : "";
  for (std::size_t i = window.begin; i < window.end; ++i) shown += cells[i];
  if (window.end < cells.size()) shown += "...";
  std::string out = paint.blue(margin + " |") + "\n" + paint.blue(" " + number + " |");
  out += shown.empty() ? "\n" : " " + shown + "\n";
  if (at.column == 0) return out;
  const std::size_t indent = (window.begin > 0 ? 3 : 0) + width(cells, window.begin, std::max(first, window.begin));
  const std::size_t carets = std::max<std::size_t>(1, width(cells, first, last));
  return out + paint.blue(margin + " |") + " " + std::string(indent, ' ') + paint.red(std::string(carets, '^')) + "\n";
}

}  // namespace cascade::rendering
