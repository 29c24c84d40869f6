// Recognises lines that begin, end or underline Markdown blocks. Every function looks at one line, from its first
// character that is not white space; the caller checks the indentation.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/link_parts.h"
#include "text/byte_block.h"

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

// The first byte of a line that may begin more than text; all others but white space begin only text, unless indented
// as code.
inline constexpr letters::ByteSet block_bytes("#`~<>-+*0123456789_=|:\v\f"),
    no_text_bytes("#`~<>-+*0123456789_=|:\v\f \t\n\r");
constexpr bool may_begin_block(char c) noexcept { return block_bytes.has(c); }
constexpr bool begins_text(char c) noexcept { return !no_text_bytes.has(c); }

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

// Consumes the marker and its white space. Returns the column of the content, from the item's own indentation on; 0:
// there is no marker. `interrupts`: the line would end a paragraph, which an empty item or a number other than 1 may
// not do.
std::size_t take_list_marker(BlockLine& line, bool interrupts) noexcept;

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

// By CommonMark's grammar: one past the '>' of the open or closing tag at `at`, which is a '<'; 0: there is no tag. A
// tag may span lines.
std::size_t html_tag_end(std::string_view text, std::size_t at) noexcept;

// The ends of fences outside lists and quotes, queried in order. A query for a closed fence costs the length of its
// content; the first unclosed one costs a pass over the text, each later query a binary search. Offsets are line
// begins.
class FenceEnds {
 public:
  explicit FenceEnds(std::string_view text) noexcept : text_(text) {}

  // Returns the begin of the first line from `offset` on that closes a fence of `length` marks; npos: there is none.
  std::size_t closing_line(std::size_t offset, char mark, std::size_t length);

  // Returns where to resume after an unclosed fence with this info string whose content begins at `offset`. As
  // next_heading_like(), but headings in a fence of Markdown belong to it as long as a banner follows.
  std::size_t resume_at(std::size_t offset, std::string_view info);

 private:
  struct Closing {
    std::size_t offset = 0;
    std::size_t longest = 0;  // of this one and all later ones
  };
  struct Closings {
    bool collected = false;
    std::vector<Closing> lines;
  };
  Closings collect(std::size_t offset, char mark) const;
  bool none_closes(std::size_t offset, char mark, std::size_t length);
  std::size_t banner_from(std::size_t offset);

  std::string_view text_;
  Closings backticks_, tildes_;
  bool has_banners_ = false;  // banners_ have been collected
  std::vector<std::size_t> banners_;
};

// Returns where the text most likely resumes after a block that begins before `offset` (a line begin) and is never
// closed. The block keeps its first paragraph; the text resumes at the first line that looks like a heading and not
// like a comment in code: "## Text" next to a blank line, "# Text" between two (not if `#` begins comments), or a
// banner of three lines:
//   /*-----------*/
//   /* TEXT      */
//   /*-----------*/
// The end of the text if there is none.
enum class HashLines : std::uint8_t { headings, comments };
std::size_t next_heading_like(std::string_view text, std::size_t offset, HashLines hash_lines);

// Returns the visible text of a heading, without markup: emphasis, backticks, tags and comments are removed, links and
// images become their text, escapes and common character references become characters, line ends become spaces. `raw`
// is the heading's content; `labels` are the document's link reference definitions. The result is well-formed UTF-8
// without NUL. Linear.
std::string heading_text(std::string_view raw, const LinkLabels& labels);

}  // namespace cascade::syntax
