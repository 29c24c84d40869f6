// The parts of a link as CommonMark defines them: label, destination, title, and the definitions that a paragraph may
// begin with. Each function takes the place where its part begins and returns the place after it, or 0 if the part is
// not there. Labels are limited to 999 characters and destinations to 32 brackets deep, as there, so no text makes them
// quadratic.
#include "syntax/link_parts.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::syntax {
namespace {

std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && letters::is_blank(text[at])) ++at;
  return at;
}

// Skips blanks and at most one line end.
std::size_t skip_space(std::string_view text, std::size_t at) noexcept {
  at = skip_blanks(text, at);
  return at < text.size() && text[at] == '\n' ? skip_blanks(text, at + 1) : at;
}

// Returns one past the line end after blanks, or 0 if anything else follows.
std::size_t skip_rest_of_line(std::string_view text, std::size_t at) noexcept {
  at = skip_blanks(text, at);
  if (at == text.size()) return at;
  return text[at] == '\n' ? at + 1 : 0;
}

// Returns one past the definition that begins at `at`, or 0.
std::size_t definition_end(std::string_view text, std::size_t at) noexcept {
  const std::size_t label = link_label_end(text, at);
  if (label == 0 || label >= text.size() || text[label] != ':') return 0;
  const std::size_t destination = link_destination_end(text, skip_space(text, label + 1));
  if (destination == 0) return 0;
  const std::size_t before_title = skip_space(text, destination);
  const std::size_t title = before_title == destination ? 0 : link_title_end(text, before_title);
  const std::size_t with_title = title == 0 ? 0 : skip_rest_of_line(text, title);
  return with_title != 0 ? with_title : skip_rest_of_line(text, destination);
}

// Two lines are the head of a table if they have equally many cells and the second holds nothing but dashes and colons.

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

std::size_t link_label_end(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t longest = 999;
  if (at >= text.size() || text[at] != '[') return 0;
  bool blank = true;
  const std::size_t end = std::min(text.size(), at + 2 + longest);
  for (std::size_t i = at + 1; i < end; ++i) {
    if (text[i] == '[') return 0;
    if (text[i] == ']') return blank ? 0 : i + 1;
    if (text[i] == '\\' && i + 1 < end) ++i;
    blank = blank && letters::is_space(text[i]);
  }
  return 0;
}

std::size_t link_destination_end(std::string_view text, std::size_t at) noexcept {
  constexpr int deepest = 32;
  if (at >= text.size()) return 0;
  if (text[at] == '<') {
    for (std::size_t i = at + 1; i < text.size() && text[i] != '\n' && text[i] != '<'; ++i) {
      if (text[i] == '>') return i + 1;
      if (text[i] == '\\') ++i;
    }
    return 0;
  }
  int depth = 0;
  std::size_t i = at;
  for (; i < text.size() && !letters::is_space(text[i]); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && !letters::is_space(text[i + 1])) {
      ++i;
    } else if (text[i] == '(') {
      if (++depth > deepest) return 0;
    } else if (text[i] == ')' && depth-- == 0) {
      break;
    }
  }
  return i == at ? 0 : i;
}

std::size_t link_title_end(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return 0;
  const char open = text[at];
  if (open != '"' && open != '\'' && open != '(') return 0;
  const char close = open == '(' ? ')' : open;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == close) return i + 1;
    if (text[i] == open) return 0;
    if (text[i] == '\\') ++i;
  }
  return 0;
}

std::optional<InlineLink> link_at(std::string_view text, std::size_t bracket) noexcept {
  constexpr std::size_t longest_destination = 2000, longest_title = 400;
  if (text.substr(bracket, 2) != "](") return std::nullopt;
  InlineLink link;
  link.bracket = bracket;
  link.begin = skip_space(text, bracket + 2);
  link.end = link_destination_end(text.substr(0, std::min(text.size(), link.begin + longest_destination)), link.begin);
  if (link.end == 0) return std::nullopt;
  link.close = skip_space(text, link.end);
  if (link.close != link.end)
    if (const std::size_t title =
            link_title_end(text.substr(0, std::min(text.size(), link.close + longest_title)), link.close))
      link.close = skip_space(text, title);
  if (link.close >= text.size() || text[link.close] != ')') return std::nullopt;
  if (text[link.begin] == '<') {
    ++link.begin;
    --link.end;
  }
  return link;
}

std::optional<InlineLink> next_link(std::string_view text, std::size_t from) noexcept {
  for (std::size_t at = text.find("](", from); at != std::string_view::npos; at = text.find("](", at + 2))
    if (const std::optional<InlineLink> link = link_at(text, at)) return link;
  return std::nullopt;
}

std::size_t link_label_begin(std::string_view text, std::size_t bracket) noexcept {
  constexpr std::size_t longest = 1000;
  const auto is = [text](std::size_t at, char c) { return text[at] == c && (at == 0 || text[at - 1] != '\\'); };
  int depth = 0;
  for (std::size_t i = bracket + 1; i-- > 0 && bracket - i < longest;) {
    if (is(i, ']')) ++depth;
    if (is(i, '[') && --depth == 0) return i;
    if (text[i] == '\n' && i > 0 && text[i - 1] == '\n') break;
  }
  return std::string_view::npos;
}

std::string normalize_label(std::string_view label) {
  if (!label.empty() && label.front() == '[') label.remove_prefix(1);
  if (!label.empty() && label.back() == ']') label.remove_suffix(1);
  std::string out;
  for (const char c : label) {
    if (!letters::is_space(c))
      out += letters::to_lower(c);
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::size_t take_link_definitions(std::string_view paragraph, LinkLabels& labels) {
  std::size_t at = 0;
  while (at < paragraph.size() && paragraph[at] == '[') {
    const std::size_t end = definition_end(paragraph, at);
    if (end == 0) break;
    labels.insert(normalize_label(paragraph.substr(at, link_label_end(paragraph, at) - at)));
    at = end;
  }
  return at;
}

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
