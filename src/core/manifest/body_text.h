// The text in which references are looked for: each line knows what it is, and which heading and lead-in govern it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "manifest/line_words.h"
#include "syntax/frontmatter.h"
#include "syntax/lines.h"
#include "syntax/outline.h"

namespace cascade::manifest {

// field: a line of `description` or `when_to_use`. code: fenced or indented.
enum class Context : std::uint8_t { running, field, heading, table, code, comment };

struct TextLine {
  std::size_t begin = 0, end = 0;  // in BodyText::text(), without the line end
  std::uint32_t number = 0;        // in the file
  Context context = Context::running;
  bool list_item = false;
  bool relates = false;       // as in LineWords
  bool not_for = false;       // under a heading or lead-in such as "When not to use"
  bool related = false;       // below a heading such as "See also" or "Related commands"
  bool printed = false;       // code or a quotation below "Sample output:" or "Tell the user:", or between tags such as
                              // <response>; an item of a list of triggers
  bool told = false;          // below a heading such as "Example: a small yard" or "Next steps"
  bool drafted = false;       // a fence of Markdown: the text that is to be written
  bool drawn = false;         // a fence of no language: a drawing or a list as often as code
  bool handed_on = false;     // an item of a list below "Route elsewhere when …:", "Hand off to:"
  bool prerequisite = false;  // "Prerequisites: use x", and the items of a list below such a line
  bool ordered = false;       // an item or row below "Launch these agents:", "Run the review with:"
  Signs signs = 0;
  Kinds own = 0;      // kind words on the line itself
  Kinds intro = 0;    // on the nearest line above that is no list item, table row or blank
  Kinds heading = 0;  // in the heading above it; for a heading: in all above it
};

// The description's lines and the body, with the character references of HTML decoded ("&quot;"), so that a document
// that was pasted into <pre> reads like any other. The outline is of text.substr(body).
class BodyText {
 public:
  BodyText(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter, const syntax::Outline& outline);

  std::string_view text() const noexcept { return text_; }
  const std::vector<TextLine>& lines() const noexcept { return lines_; }
  std::string_view text(const TextLine& line) const noexcept {
    return {text_.data() + line.begin, line.end - line.begin};
  }
  // The start of the text that may govern a name on this line: the line's own start, or that of the line above when
  // running text continues from it. REQUIRES: the line is one of lines().
  std::size_t sentence_begin(const TextLine& line) const noexcept;
  // What stands on a line before and behind a name in it, at most 400 bytes: a line may hold many names.
  std::string_view before(const TextLine& line, std::size_t begin) const noexcept {
    const std::size_t from = std::max(line.begin, begin - std::min(begin, near_name));
    return {text_.data() + from, begin - from};
  }
  std::string_view behind(const TextLine& line, std::size_t end) const noexcept {
    return {text_.data() + end, std::min(std::max(end, line.end) - end, near_name)};
  }
  // The nearest heading at most farthest_heading lines above the line; null: there is none.
  const TextLine* heading_above(const TextLine& line) const noexcept;
  static constexpr int farthest_heading = 200;
  std::size_t line_of(std::size_t offset) const;      // index into lines()
  std::size_t file_offset(std::size_t offset) const;  // byte in the file of a byte of text()

 private:
  static constexpr std::size_t near_name = 400;

  void add_fields(const syntax::LineIndex& file, const syntax::Frontmatter& frontmatter);
  void add_body(const syntax::LineIndex& file, std::size_t body);
  void mark_contexts(const syntax::LineIndex& file, std::size_t body, std::size_t first,
                     const syntax::Outline& outline);
  void nest_fences_from(std::size_t first);
  void add_line(const syntax::LineIndex& file, std::uint32_t number, std::size_t begin, Context context);
  void append_decoded(std::string_view raw, std::size_t offset);
  void begin_stretch(std::size_t offset);
  void read_lines();
  void read_above(std::size_t first, const syntax::Outline& outline);

  std::string text_;
  std::vector<TextLine> lines_;
  // The stretches in which text() and the file are equal byte for byte: (begin in text(), begin in the file).
  std::vector<std::pair<std::size_t, std::size_t>> stretches_;
};

// Finds the lines of ascending offsets in one walk, without a search for each. The body must outlive it.
class LineWalk {
 public:
  explicit LineWalk(const BodyText& body) noexcept : lines_(body.lines()) {}

  // REQUIRES: the offset is of a byte of the text, and not below the one before it.
  std::size_t index_of(std::size_t offset) noexcept {
    while (lines_[line_].end < offset) ++line_;
    return line_;
  }
  const TextLine& line_of(std::size_t offset) noexcept { return lines_[index_of(offset)]; }

 private:
  const std::vector<TextLine>& lines_;
  std::size_t line_ = 0;
};

}  // namespace cascade::manifest
