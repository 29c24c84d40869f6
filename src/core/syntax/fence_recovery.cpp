// Finds closing lines by searching for three marks in a row, so most lines of code are never looked at. The first
// fence without a closing line makes one pass that collects all closing lines of the text, each with the longest that
// follows it; later questions are binary searches. Without the list, a text with many unclosed fences would be
// searched to its end once per fence.
#include "syntax/fence_recovery.h"

#include "syntax/block_starts.h"
#include "syntax/lines.h"
#include "text/space.h"

#include <algorithm>
#include <optional>

namespace cascade::syntax {
namespace {

struct LineRange {
  std::size_t begin = 0, end = 0, next = 0;
};

LineRange line_from(std::string_view text, std::size_t begin) noexcept {
  const std::size_t end = find_line_end(text, begin);
  return {begin, end, skip_line_end(text, end)};
}

bool is_run(std::string_view text, char c, std::size_t least) noexcept {
  return text.size() >= least && text.find_first_not_of(c) == std::string_view::npos;
}

// "---", or "/*----------*/" with at least ten dashes or equals signs.
bool is_banner_rule(std::string_view line) noexcept {
  if (is_run(line, '-', 3)) return true;
  if (line.size() < 4 || line.substr(0, 2) != "/*" || line.substr(line.size() - 2) != "*/") return false;
  const std::string_view inside = line.substr(2, line.size() - 4);
  return is_run(inside, '-', 10) || is_run(inside, '=', 10);
}

std::string_view trimmed_line(std::string_view text, const LineRange& range) noexcept {
  return letters::trim_blanks_right(text.substr(range.begin, range.end - range.begin));
}

// A line of text between two equal rules.
bool is_banner(std::string_view text, const LineRange& first) noexcept {
  const std::string_view rule = trimmed_line(text, first);
  if (!is_banner_rule(rule)) return false;
  const LineRange second = line_from(text, first.next);
  const LineRange third = line_from(text, second.next);
  const std::string_view title = trimmed_line(text, second);
  return !title.empty() && (rule[0] == '-' || title.substr(0, 2) == "/*") && trimmed_line(text, third) == rule;
}

bool looks_like_heading(std::string_view text, const LineRange& range, const BlockLine& line, bool blank_above,
                        HashLines hash_lines) noexcept {
  if (line.peek() == '/' || line.peek() == '-') return blank_above && is_banner(text, range);
  const std::optional<AtxHeading> heading = atx_heading(line.rest());
  if (!heading || heading->text.empty()) return false;
  const LineRange below = line_from(text, range.next);
  const bool blank_below = BlockLine(text, below.begin, below.end).blank();
  if (heading->level > 1) return blank_above || blank_below;
  return hash_lines == HashLines::headings && blank_above && blank_below;
}

// A line of marks only, with at most three spaces before and blanks after it: it closes fences up to this length.
struct ClosingLine {
  std::size_t begin = std::string_view::npos, length = 0;
};

// Returns the first such line at or after `offset`, the begin of a line.
ClosingLine next_closing(std::string_view text, std::size_t offset, char mark) noexcept {
  const std::string_view least = mark == '`' ? "```" : "~~~";
  for (std::size_t at = text.find(least, offset); at != std::string_view::npos; at = text.find(least, at)) {
    std::size_t begin = at;
    while (begin > offset && at - begin < 3 && text[begin - 1] == ' ') --begin;
    const bool opens_line = begin == offset || text[begin - 1] == '\n' || text[begin - 1] == '\r';
    const std::size_t after = std::min(text.find_first_not_of(mark, at), text.size());
    if (opens_line) {
      const std::size_t rest = std::min(text.find_first_not_of(" \t", after), text.size());
      if (rest == text.size() || text[rest] == '\n' || text[rest] == '\r') return {begin, after - at};
    }
    at = after;
  }
  return {};
}

}  // namespace

FenceEnds::Closings FenceEnds::collect(std::size_t offset, char mark) const {
  Closings out{true, {}};
  for (ClosingLine line = next_closing(text_, offset, mark); line.length != 0;) {
    out.lines.push_back({line.begin, line.length});
    line = next_closing(text_, line_from(text_, line.begin).next, mark);
  }
  for (std::size_t i = out.lines.size(); i-- > 1;)
    out.lines[i - 1].longest = std::max(out.lines[i - 1].longest, out.lines[i].longest);
  return out;
}

bool FenceEnds::none_closes(std::size_t offset, char mark, std::size_t length) {
  const Closings& closings = mark == '`' ? backticks_ : tildes_;
  if (!closings.collected) return false;
  const auto next = std::lower_bound(closings.lines.begin(), closings.lines.end(), offset,
                                     [](const Closing& closing, std::size_t at) { return closing.offset < at; });
  return next == closings.lines.end() || next->longest < length;
}

std::size_t FenceEnds::closing_line(std::size_t offset, char mark, std::size_t length) {
  if (none_closes(offset, mark, length)) return std::string_view::npos;
  ClosingLine line = next_closing(text_, offset, mark);
  while (line.length != 0 && line.length < length) line = next_closing(text_, line_from(text_, line.begin).next, mark);
  if (line.length == 0) (mark == '`' ? backticks_ : tildes_) = collect(offset, mark);
  return line.begin;
}

std::size_t FenceEnds::banner_from(std::size_t offset) {
  bool blank_above = true;
  for (std::size_t at = 0; at < text_.size() && !has_banners_;) {
    const LineRange range = line_from(text_, at);
    if (blank_above && is_banner(text_, range)) banners_.push_back(range.begin);
    blank_above = BlockLine(text_, range.begin, range.end).blank();
    at = range.next;
  }
  has_banners_ = true;
  const auto banner = std::lower_bound(banners_.begin(), banners_.end(), offset);
  return banner == banners_.end() ? std::string_view::npos : *banner;
}

std::size_t FenceEnds::resume_at(std::size_t offset, std::string_view info) {
  const bool markdown = info == "markdown" || info == "md";
  const bool plain = info.empty() || info == "text" || info == "txt" || info == "plaintext";
  if (markdown)
    if (const std::size_t banner = banner_from(offset); banner != std::string_view::npos) return banner;
  return next_heading_like(text_, offset, markdown || plain ? HashLines::headings : HashLines::comments);
}

std::size_t next_heading_like(std::string_view text, std::size_t offset, HashLines hash_lines) {
  bool blank_above = false, own_paragraph = true;
  for (std::size_t at = offset; at < text.size();) {
    const LineRange range = line_from(text, at);
    const BlockLine line(text, range.begin, range.end);
    own_paragraph = own_paragraph && !line.blank();
    if (!own_paragraph && !line.indented() && looks_like_heading(text, range, line, blank_above, hash_lines))
      return range.begin;
    blank_above = line.blank();
    at = range.next;
  }
  return text.size();
}

}  // namespace cascade::syntax
