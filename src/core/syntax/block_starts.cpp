// What a line may begin with: headings, underlines, fences, rules, list items. Each function looks at one line without
// its indentation and knows nothing of open blocks; which of two possible readings counts is the scanner's decision.
#include "syntax/block_starts.h"

#include "text/space.h"

namespace cascade::syntax {
namespace {

std::size_t count_run(std::string_view text, char c) noexcept {
  std::size_t count = 0;
  while (count < text.size() && text[count] == c) ++count;
  return count;
}

// The length of "-", "12." and so on, or 0.
std::size_t marker_length(std::string_view rest, bool& starts_at_one) noexcept {
  constexpr std::size_t most_digits = 9;
  if (rest.empty()) return 0;
  starts_at_one = true;
  if (rest[0] == '-' || rest[0] == '+' || rest[0] == '*') return 1;
  std::size_t digits = 0;
  std::uint32_t number = 0;
  for (; digits < rest.size() && letters::is_digit(rest[digits]) && digits < most_digits; ++digits)
    number = number * 10 + static_cast<std::uint32_t>(rest[digits] - '0');
  if (digits == 0 || digits >= rest.size() || (rest[digits] != '.' && rest[digits] != ')')) return 0;
  starts_at_one = number == 1;
  return digits + 1;
}

}  // namespace

std::optional<AtxHeading> atx_heading(std::string_view rest) noexcept {
  const std::size_t level = count_run(rest, '#');
  if (level == 0 || level > 6 || (level < rest.size() && !letters::is_blank(rest[level]))) return std::nullopt;
  std::string_view text = letters::trim_blanks(rest.substr(level));
  const std::size_t last = text.find_last_not_of('#');
  if (last == std::string_view::npos) {
    text = {};
  } else if (last + 1 < text.size() && letters::is_blank(text[last])) {
    text = letters::trim_blanks(text.substr(0, last));
  }
  return AtxHeading{static_cast<std::uint32_t>(level), text};
}

std::uint32_t setext_level(std::string_view rest) noexcept {
  if (rest.empty() || (rest[0] != '=' && rest[0] != '-')) return 0;
  const std::size_t run = count_run(rest, rest[0]);
  if (!letters::trim_blanks_left(rest.substr(run)).empty()) return 0;
  return rest[0] == '=' ? 1 : 2;
}

std::optional<FenceMark> fence_opening(std::string_view rest) noexcept {
  if (rest.empty() || (rest[0] != '`' && rest[0] != '~')) return std::nullopt;
  const std::size_t length = count_run(rest, rest[0]);
  if (length < 3) return std::nullopt;
  const std::string_view info = rest.substr(length);
  if (rest[0] == '`' && info.find('`') != std::string_view::npos) return std::nullopt;
  return FenceMark{rest[0], length, letters::trim_blanks(info)};
}

std::size_t fence_closing(std::string_view rest, char mark) noexcept {
  const std::size_t length = count_run(rest, mark);
  return length >= 3 && letters::trim_blanks_left(rest.substr(length)).empty() ? length : 0;
}

bool is_thematic_break(std::string_view rest) noexcept {
  if (rest.empty() || (rest[0] != '-' && rest[0] != '*' && rest[0] != '_')) return false;
  std::size_t count = 0;
  for (const char c : rest) {
    if (c == rest[0]) {
      ++count;
    } else if (!letters::is_blank(c)) {
      return false;
    }
  }
  return count >= 3;
}

// A list that breaks into a paragraph must begin with 1 and must not be empty; otherwise a line that happens to begin
// with "2020." would end the paragraph.
std::optional<ListMarker> take_list_marker(BlockLine& line, bool interrupts) noexcept {
  const std::string_view rest = line.rest();
  bool starts_at_one = false;
  const std::size_t length = marker_length(rest, starts_at_one);
  if (length == 0 || (length < rest.size() && !letters::is_blank(rest[length]))) return std::nullopt;
  if (interrupts && (!starts_at_one || letters::trim_blanks_left(rest.substr(length)).empty())) return std::nullopt;
  const std::size_t marker_indent = line.indent();
  line.skip_indent();
  line.skip_bytes(length);
  // The marker includes one to four columns of white space; if there are more, or none, the content begins one column
  // after the marker, and the rest is the content's own indentation.
  constexpr std::size_t most_columns = 4;
  const std::size_t columns = line.blank() || line.indent() > most_columns ? 1 : line.indent();
  line.skip_columns(columns);
  return ListMarker{marker_indent + length + columns};
}

}  // namespace cascade::syntax
