#include "syntax/fence_recovery.h"

#include "syntax/block_line.h"
#include "syntax/block_starts.h"
#include "syntax/lines.h"

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
  const std::string_view line = text.substr(range.begin, range.end - range.begin);
  return line.substr(0, line.find_last_not_of(" \t") + 1);
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

}  // namespace

void UnclosedFences::collect() {
  collected_ = true;
  bool blank_above = true;
  for (std::size_t at = 0; at < text_.size();) {
    const LineRange range = line_from(text_, at);
    at = range.next;
    const BlockLine line(text_, range.begin, range.end);
    if (blank_above && is_banner(text_, range)) banners_.push_back(range.begin);
    blank_above = line.blank();
    const char mark = line.peek();
    if (line.indented() || (mark != '`' && mark != '~')) continue;
    const std::size_t length = fence_closing(line.rest(), mark);
    if (length != 0) (mark == '`' ? backticks_ : tildes_).push_back({range.begin, length});
  }
  for (std::vector<Closing>* closings : {&backticks_, &tildes_})
    for (std::size_t i = closings->size(); i-- > 1;)
      (*closings)[i - 1].longest = std::max((*closings)[i - 1].longest, (*closings)[i].longest);
}

bool UnclosedFences::closes_below(std::size_t offset, char mark, std::size_t length) const {
  for (std::size_t at = offset; at < text_.size();) {
    const LineRange range = line_from(text_, at);
    const BlockLine line(text_, range.begin, range.end);
    if (line.peek() == mark && !line.indented() && fence_closing(line.rest(), mark) >= length) return true;
    at = range.next;
  }
  return false;
}

bool UnclosedFences::never_closed(std::size_t offset, char mark, std::size_t length) {
  if (!collected_) {
    if (closes_below(offset, mark, length)) return false;
    collect();
  }
  const std::vector<Closing>& closings = mark == '`' ? backticks_ : tildes_;
  const auto next = std::lower_bound(closings.begin(), closings.end(), offset,
                                     [](const Closing& closing, std::size_t at) { return closing.offset < at; });
  return next == closings.end() || next->longest < length;
}

std::size_t UnclosedFences::resume_at(std::size_t offset, std::string_view info) {
  if (!collected_) collect();
  const bool markdown = info == "markdown" || info == "md";
  const bool plain = info.empty() || info == "text" || info == "txt" || info == "plaintext";
  const auto banner = std::lower_bound(banners_.begin(), banners_.end(), offset);
  if (markdown && banner != banners_.end()) return *banner;
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
