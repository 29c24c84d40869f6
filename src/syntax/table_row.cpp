// A `|` that is not escaped ends a cell; one at the beginning of a line ends none. Only counts are needed: two lines
// are the head of a table if they have equally many cells and the second holds nothing but dashes and colons.
#include "syntax/table_row.h"

#include "text/ascii.h"

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

std::size_t count_cells(std::string_view line) noexcept {
  line = trim_cell(line);
  if (!line.empty() && line[0] == '|') line.remove_prefix(1);
  std::size_t cells = 0;
  bool open = false;  // text follows the last pipe
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '|') {
      ++cells;
      open = false;
    } else {
      if (line[at] == '\\' && at + 1 < line.size() && line[at + 1] == '|') ++at;
      open = open || !is_cell_space(line[at]);
    }
  }
  return cells + (open ? 1 : 0);
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
