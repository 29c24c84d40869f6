// Recognises lines that begin, end or underline Markdown blocks. Every function looks at one line, from its first
// character that is not white space; the caller checks the indentation.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cascade::syntax {

class BlockLine {
 public:
  // [begin, end) of `text`, without the line end.
  BlockLine(std::string_view text, std::size_t begin, std::size_t end) noexcept
      : text_(text.data()), begin_(begin), end_(end), at_(begin) {
    look_ahead();
  }

  std::size_t begin() const noexcept { return begin_; }
  std::size_t end() const noexcept { return end_; }
  std::size_t column() const noexcept { return column_; }
  std::size_t indent() const noexcept { return indent_; }  // columns of white space under and after the cursor
  std::size_t first() const noexcept { return first_; }    // offset of the first other character, or the end
  bool blank() const noexcept { return first_ == end_; }
  bool indented() const noexcept { return indent_ >= 4; }  // enough to be code

  // The text from first() on.
  std::string_view rest() const noexcept { return {text_ + first_, end_ - first_}; }
  char peek() const noexcept { return blank() ? '\0' : text_[first_]; }

  void skip_indent() noexcept { skip_columns(indent_); }
  void skip_columns(std::size_t count) noexcept {  // of white space, at most indent()
    count = std::min(count, indent_);
    if (indent_ != first_ - at_) return skip_tabs(count);
    at_ += count;
    column_ += count;
    indent_ -= count;
  }
  void skip_bytes(std::size_t count) noexcept {  // after skip_indent(); no tabs among them
    at_ = std::min(at_ + count, end_);
    column_ += count;
    look_ahead();
  }

 private:
  void look_ahead() noexcept {
    first_ = at_;
    while (first_ < end_ && text_[first_] == ' ') ++first_;
    indent_ = first_ - at_;
    if (first_ < end_ && text_[first_] == '\t') look_past_tabs();
  }
  // The same for lines in which a tab makes more columns than bytes.
  void look_past_tabs() noexcept;
  void skip_tabs(std::size_t count) noexcept;

  const char* text_;
  std::size_t begin_, end_, at_, first_ = 0;
  std::size_t column_ = 0, indent_ = 0;
};

// Classifies the first byte of a line: `text` begins only text (unless indented as code), `mark` may begin something
// else, `space` is white space.
enum class LineByte : std::uint8_t { text, mark, space };
constexpr std::array<LineByte, 256> make_line_bytes() {
  std::array<LineByte, 256> bytes{};
  for (const char c : std::string_view("#`~<>-+*0123456789_=|:\v\f"))
    bytes[static_cast<unsigned char>(c)] = LineByte::mark;
  for (const char c : std::string_view(" \t\n\r")) bytes[static_cast<unsigned char>(c)] = LineByte::space;
  return bytes;
}
inline constexpr std::array<LineByte, 256> line_bytes = make_line_bytes();
constexpr bool may_begin_block(char c) noexcept { return line_bytes[static_cast<unsigned char>(c)] == LineByte::mark; }
constexpr bool begins_text(char c) noexcept { return line_bytes[static_cast<unsigned char>(c)] == LineByte::text; }

struct AtxHeading {
  std::uint32_t level = 0;
  std::string_view text;  // without closing hashes and surrounding white space
};
std::optional<AtxHeading> atx_heading(std::string_view rest) noexcept;

// Returns 1 for a line of '=', 2 for one of '-', 0 for any other.
std::uint32_t setext_level(std::string_view rest) noexcept;

struct FenceMark {
  char mark = '`';
  std::size_t length = 0;
  std::string_view info;  // trimmed
};
std::optional<FenceMark> fence_opening(std::string_view rest) noexcept;
// Returns the length of a line that holds only `mark`, or 0. Such a line closes every fence that is not longer.
std::size_t fence_closing(std::string_view rest, char mark) noexcept;

bool is_thematic_break(std::string_view rest) noexcept;

// Consumes the marker and its white space. `content_column` counts from the item's own indentation. `interrupts`: the
// line would end a paragraph, which an empty item or a number other than 1 may not do.
struct ListMarker {
  std::size_t content_column = 0;
};
std::optional<ListMarker> take_list_marker(BlockLine& line, bool interrupts) noexcept;

// CommonMark's HTML blocks: seven kinds of first lines, each with its own end.
enum class HtmlKind : std::uint8_t {
  none,
  raw,          // <pre>, <script>, <style>, <textarea> up to a closing tag of these
  comment,      // <!-- up to -->
  instruction,  // <? up to ?>
  declaration,  // <!X up to >
  cdata,        // <![CDATA[ up to ]]>
  block_tag,    // <div or another block tag, up to a blank line
  any_tag,      // a line that is one tag, up to a blank line; cannot end a paragraph
};

// `rest`: the line from its first character that is not white space.
HtmlKind html_start(std::string_view rest, bool in_paragraph) noexcept;

// Whether the line holds the end of the block (kinds raw to cdata).
bool ends_html(std::string_view line, HtmlKind kind) noexcept;

// Whether an end follows for a block that begins at an offset: one backward search for each kind, then constant.
class HtmlEnds {
 public:
  explicit HtmlEnds(std::string_view text) noexcept : text_(text) {}
  bool any_after(std::size_t offset, HtmlKind kind) noexcept;

 private:
  static constexpr std::size_t unknown = static_cast<std::size_t>(-2);
  std::string_view text_;
  std::size_t last_[6] = {unknown, unknown, unknown, unknown, unknown, unknown};
};

// One HTML tag, by CommonMark's grammar for open and closing tags.

// Returns one past the '>' of the open or closing tag at `at`, which is a '<'; 0: there is no tag. A tag may span
// lines.
std::size_t html_tag_end(std::string_view text, std::size_t at) noexcept;

}  // namespace cascade::syntax
