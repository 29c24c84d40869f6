// What a line may begin with: headings, underlines, fences, rules, list items. Each function looks at one line without
// its indentation and knows nothing of open blocks; which of two possible readings counts is the scanner's decision.
#include "syntax/block_starts.h"

#include <iterator>

#include "syntax/lines.h"
#include "syntax/tags.h"
#include "text/ascii.h"
#include "text/letter_case.h"
#include "text/word_set.h"

namespace cascade::syntax {
namespace {

std::size_t count_run(std::string_view text, char c) noexcept {
  return std::min(text.find_first_not_of(c), text.size());
}

constexpr std::size_t tab_width = 4;

std::size_t columns_of_tab(std::size_t column) noexcept { return tab_width - column % tab_width; }

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
    if (c != rest[0] && !letters::is_blank(c)) return false;
    count += c == rest[0] ? 1 : 0;
  }
  return count >= 3;
}

// A list that breaks into a paragraph must begin with 1 and must not be empty; otherwise a line that happens to begin
// with "2020." would end the paragraph.
std::size_t take_list_marker(BlockLine& line, bool interrupts) noexcept {
  const std::string_view rest = line.rest();
  bool starts_at_one = false;
  const std::size_t length = marker_length(rest, starts_at_one);
  if (length == 0 || (length < rest.size() && !letters::is_blank(rest[length]))) return 0;
  if (interrupts && (!starts_at_one || letters::trim_blanks_left(rest.substr(length)).empty())) return 0;
  const std::size_t marker_indent = line.indent();
  line.skip_indent();
  line.skip_bytes(length);
  // The marker includes one to four columns of white space; if there are more, or none, the content begins one column
  // after the marker, and the rest is the content's own indentation.
  constexpr std::size_t most_columns = 4;
  const std::size_t columns = line.blank() || line.indent() > most_columns ? 1 : line.indent();
  line.skip_columns(columns);
  return marker_indent + length + columns;
}

void BlockLine::look_past_tabs() noexcept {
  std::size_t column = column_;
  for (first_ = at_; first_ < end_; ++first_) {
    if (text_[first_] == ' ') {
      ++column;
    } else if (text_[first_] == '\t') {
      column += columns_of_tab(column);
    } else {
      break;
    }
  }
  indent_ = column - column_;
}

void BlockLine::skip_tabs(std::size_t count) noexcept {
  indent_ -= count;
  while (count > 0) {
    const std::size_t width = text_[at_] == '\t' ? columns_of_tab(column_) : 1;
    if (width <= count) ++at_;
    column_ += std::min(width, count);
    count -= std::min(width, count);
  }
}

// The seven kinds of HTML blocks of CommonMark: five end at a mark of their own (`</pre>`, `-->`, ...), two at the next
// empty line. Which kind begins is decided by the first characters of a line; only a line that is one whole tag
// (any_tag) needs that tag read, and it cannot break into a paragraph.
namespace {

std::string_view name_at(std::string_view text, std::size_t at) noexcept {
  return letters::run_at_begin(text.substr(std::min(at, text.size())), letters::is_letter_or_digit);
}

// Whether "</pre>" or another closing tag of a raw block is at `at`.
bool is_raw_end(std::string_view text, std::size_t at) noexcept {
  if (text.substr(at, 2) != "</") return false;
  const std::string_view name = name_at(text, at + 2);
  return letters::is_one_of_lower(name, tags::raw) && text.substr(at + 2 + name.size(), 1) == ">";
}

std::string_view end_mark(HtmlKind kind) noexcept {
  switch (kind) {
    case HtmlKind::comment: return "-->";
    case HtmlKind::instruction: return "?>";
    case HtmlKind::declaration: return ">";
    case HtmlKind::cdata: return "]]>";
    default: return "</";
  }
}

std::size_t last_end(std::string_view text, HtmlKind kind) noexcept {
  std::size_t at = text.rfind(end_mark(kind));
  if (kind != HtmlKind::raw) return at;
  while (at != std::string_view::npos && !is_raw_end(text, at))
    at = at == 0 ? std::string_view::npos : text.rfind("</", at - 1);
  return at;
}

}  // namespace

HtmlKind html_start(std::string_view rest, bool in_paragraph) noexcept {
  if (rest.size() < 2 || rest[0] != '<') return HtmlKind::none;
  if (rest[1] == '?') return HtmlKind::instruction;
  if (rest[1] == '!') {
    if (rest.substr(2, 2) == "--") return HtmlKind::comment;
    if (rest.substr(2, 7) == "[CDATA[") return HtmlKind::cdata;
    return rest.size() > 2 && letters::is_upper(rest[2]) ? HtmlKind::declaration : HtmlKind::none;
  }
  const bool closing = rest[1] == '/';
  const std::string_view name = name_at(rest, closing ? 2 : 1);
  const std::size_t after = (closing ? 2 : 1) + name.size();
  const bool ends = after >= rest.size() || std::string_view(" \t\v\f>").find(rest[after]) != rest.npos;
  if (!closing && ends && letters::is_one_of_lower(name, tags::raw)) return HtmlKind::raw;
  if ((ends || rest.substr(after, 2) == "/>") && letters::is_one_of_lower(name, tags::block))
    return HtmlKind::block_tag;
  if (in_paragraph) return HtmlKind::none;
  const std::size_t tag = html_tag_end(rest, 0);
  return tag != 0 && letters::is_white(rest.substr(tag)) ? HtmlKind::any_tag : HtmlKind::none;
}

bool ends_html(std::string_view line, HtmlKind kind) noexcept {
  if (kind != HtmlKind::raw) return line.find(end_mark(kind)) != std::string_view::npos;
  for (std::size_t at = line.find("</"); at != std::string_view::npos; at = line.find("</", at + 1))
    if (is_raw_end(line, at)) return true;
  return false;
}

// Looks for the last end mark of the text once for each kind. Without that, a text of many unclosed "<!--" would be
// searched to its end for each of them.
bool HtmlEnds::any_after(std::size_t offset, HtmlKind kind) noexcept {
  std::size_t& last = last_[static_cast<std::size_t>(kind)];
  if (last == unknown) last = last_end(text_, kind);
  return last != std::string_view::npos && last >= offset;
}

// An HTML tag as CommonMark defines it, which is stricter than HTML: text such as "a < b" must not swallow a paragraph.
// Each method takes its part and moves the cursor, and a tag that is not one gives 0. O(length of the tag), except that
// an open quote is searched to the end of the text.
namespace {

class TagReader {
 public:
  TagReader(std::string_view text, std::size_t at) noexcept : text_(text), at_(at) {}

  std::size_t read() noexcept {
    ++at_;  // '<'
    const bool closing = take('/');
    if (!take_name()) return 0;
    if (!closing)
      while (skip_space() && take_attribute()) {
      }
    skip_space();
    if (!closing) take('/');
    return take('>') ? at_ : 0;
  }

 private:
  char peek() const noexcept { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) noexcept {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool skip_space() noexcept {
    const std::size_t from = at_;
    while (letters::is_space(peek())) ++at_;
    return at_ > from;
  }
  bool take_name() noexcept {
    if (!letters::is_letter(peek())) return false;
    while (letters::is_letter_or_digit(peek()) || peek() == '-') ++at_;
    return true;
  }
  // A name, optionally with '=' and a value. Without '=', the cursor stays right after the name.
  bool take_attribute() noexcept {
    if (!letters::is_letter(peek()) && peek() != '_' && peek() != ':') return false;
    while (letters::is_letter_or_digit(peek()) ||
           (peek() != '\0' && std::string_view("_:.-").find(peek()) != std::string_view::npos))
      ++at_;
    const std::size_t name_end = at_;
    skip_space();
    if (!take('=')) {
      at_ = name_end;
      return true;
    }
    skip_space();
    return take_value();
  }
  bool take_value() noexcept {
    const char quote = peek();
    if (quote == '"' || quote == '\'') {
      const std::size_t close = text_.find(quote, at_ + 1);
      if (close == std::string_view::npos) return false;
      at_ = close + 1;
      return true;
    }
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n\v\f\"'=<>`", at_), text_.size());
    if (end == at_) return false;
    at_ = end;
    return true;
  }

  std::string_view text_;
  std::size_t at_;
};

}  // namespace

std::size_t html_tag_end(std::string_view text, std::size_t at) noexcept { return TagReader(text, at).read(); }

// Closing lines are found by searching for three marks in a row. The first fence without one makes one pass that
// collects all closing lines, each with the longest that follows it; later questions are binary searches, so that a
// text of many unclosed fences is not searched to its end once per fence.

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
  return !title.empty() && (rule[0] == '-' || title.starts_with("/*")) && trimmed_line(text, third) == rule;
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
