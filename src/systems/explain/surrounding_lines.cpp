#include "explain/surrounding_lines.h"

#include <algorithm>

#include "syntax/lines.h"
#include "text/ascii.h"

namespace cascade::comprehension {
namespace {

constexpr std::uint32_t shown_context = 3;

std::size_t indentation(std::string_view line) { return line.find_first_not_of(" \t"); }

// Braces and labels begin no block that has a name.
bool may_begin_block(std::string_view line) {
  const std::string_view text = letters::trim(line);
  return !text.empty() && (letters::is_word(text.front()) || text.front() == '.' || text.front() == '$' ||
                           text.front() == '[' || text.front() == '<' || text.front() == '*');
}

}  // namespace

std::vector<std::string_view> surrounding_lines(std::string_view text, const Hunk& hunk) {
  const syntax::LineIndex index(text);
  const std::uint32_t last = index.lines(), begin = std::min(hunk.new_at, last), end = begin + hunk.new_lines;
  std::vector<std::string_view> lines;
  for (std::uint32_t at = begin > shown_context ? begin - shown_context : 1; at <= std::min(end + shown_context, last);
       ++at)
    if (at < hunk.new_at || at >= end) lines.push_back(index.line(at));
  // Outwards, from the least indented of the hunk's lines and its neighbours: each line further left opens what
  // follows.
  std::size_t left = std::string_view::npos;
  for (std::uint32_t at = std::max(begin, 1U); at <= std::min(std::max(end, begin + 1), last); ++at)
    left = std::min(left, indentation(index.line(at)));
  if (left == 0) left = 1;  // the nearest line at the margin names what a flat file has there
  for (std::uint32_t at = begin; at > 1 && left > 0;) {
    const std::string_view line = index.line(--at);
    if (indentation(line) >= left || !may_begin_block(line)) continue;
    left = indentation(line);
    lines.push_back(line);
  }
  return lines;
}

}  // namespace cascade::comprehension
