// Two lines are the head of a table if they have equally many cells and the second holds nothing but dashes and colons.
#include "syntax/table_row.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::syntax {
namespace {

bool is_cell_space(char c) noexcept { return letters::is_blank(c) || c == '\v' || c == '\f'; }

std::string_view trim_cell(std::string_view text) noexcept {
  while (!text.empty() && is_cell_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_cell_space(text.back())) text.remove_suffix(1);
  return text;
}

// At least one dash, optionally a colon at either end.
bool is_delimiter(std::string_view cell) noexcept {
  cell = trim_cell(cell);
  if (!cell.empty() && cell.front() == ':') cell.remove_prefix(1);
  if (!cell.empty() && cell.back() == ':') cell.remove_suffix(1);
  return !cell.empty() && cell.find_first_not_of('-') == std::string_view::npos;
}

}  // namespace

TableCells::TableCells(std::string_view row, BarsInCode bars) noexcept : rest_(trim_cell(row)), bars_(bars) {
  if (!rest_.empty() && rest_.front() == '|') rest_.remove_prefix(1);
}

bool TableCells::next() noexcept {
  if (rest_.empty()) return false;
  bool code = false;
  std::size_t bar = 0;
  for (; bar < rest_.size(); ++bar) {
    code = code != (rest_[bar] == '`' && bars_ == BarsInCode::text);
    if (rest_[bar] == '|' && !code && (bar == 0 || rest_[bar - 1] != '\\')) break;
  }
  cell_ = rest_.substr(0, bar);
  rest_.remove_prefix(std::min(bar + 1, rest_.size()));
  return true;
}

std::size_t count_cells(std::string_view line) noexcept {
  std::size_t cells = 0;
  for (TableCells row(line); row.next();) ++cells;
  return cells;
}

std::size_t delimiter_cells(std::string_view line) noexcept {
  line = trim_cell(line);
  if (!line.empty() && line.front() == '|') line.remove_prefix(1);
  if (!line.empty() && line.back() == '|') line.remove_suffix(1);
  std::size_t cells = 0;
  for (;;) {
    const std::size_t pipe = line.find('|');
    if (!is_delimiter(line.substr(0, pipe))) return 0;
    ++cells;
    if (pipe == std::string_view::npos) return cells;
    line.remove_prefix(pipe + 1);
  }
}

}  // namespace cascade::syntax
