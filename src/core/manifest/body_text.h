// The text in which references are looked for: each line knows what it is, and which heading and lead-in govern it.
#pragma once

#include <algorithm>
#include <array>
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
#include "text/ascii.h"

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

// What a heading or a lead-in says of the lines below it, by its words.

// A line without the marks at its beginning ("## ", "> **"), which many questions below want, and one without those of
// emphasis at its end.
std::string_view without_marks(std::string_view line);
std::string_view without_lead_marks(std::string_view line);

// "Ask:", "Step 3: Display the summary": what follows is a message to somebody. Of a heading, or of a line that ends in
// a colon.
bool says_message(std::string_view line);
inline constexpr std::size_t longest_sign = 160;  // bytes of a line in which a phrase may stand

// What the nearest heading or lead-in says of the list below it.
class ListLead {
 public:
  // Whether a running line that is no item goes on with the item above it, so that the list is not over.
  bool goes_on(std::size_t indentation, bool ends_in_colon) noexcept {
    if (indentation <= item_ || item_ == no_item) item_ = no_item;
    return item_ != no_item && !ends_in_colon;
  }

  // Marks an item, which may itself lead a list that is further in.
  void mark_item(TextLine& item, std::string_view shown, std::size_t indentation, bool ends_in_colon);
  // `bare`: the line without the marks at its end.
  void enter(TextLine& line, std::string_view shown, std::string_view bare, std::size_t indentation);

  // Whether what follows the lead-in is called, be it a table.
  bool orders_all() const noexcept { return order_ == 0; }
  bool triggers(std::size_t indentation) const noexcept { return triggers_ && indentation >= least_; }

  bool not_for = false, prerequisites = false, handing_on = false;  // as in TextLine

 private:
  static constexpr std::size_t no_order = static_cast<std::size_t>(-1), no_item = no_order;

  bool triggers_ = false;         // what is listed is when something begins, or what others hear or do
  std::size_t least_ = 0;         // the indentation of the lead-in: what is further out is not its list
  bool used_ = false;             // the heading says "Required skills"; "For a review:" parts its list
  std::size_t order_ = no_order;  // the least indentation of what is ordered
  std::size_t item_ = no_item;    // the indentation of the item that the text is in
};

// The line above code or a quotation, which is asked only there: most lines have neither below them.
class OutputLead {
 public:
  // `bare`: the line without the marks at its end.
  void enter(std::string_view bare, bool heading) noexcept {
    bare_ = bare;
    heading_ = heading;
    judged_ = false;
  }
  // Whether what follows is output or a message.
  bool is_announced();

 private:
  std::string_view bare_;
  bool heading_ = false, judged_ = false, announced_ = false;
};

// What the headings above a line say of all that is below them, deeper headings included.
class SectionLead {
 public:
  bool not_for = false;  // until a rule across the page
  bool related = false;  // of the nearest heading
  bool told() const noexcept { return told_level_ != 0; }

  void enter(std::string_view words, std::uint32_t level) {
    if (!not_for || level <= not_for_level_) {
      not_for = says(words.substr(0, longest_sign), Says::not_for);
      not_for_level_ = level;
    }
    if (told_level_ == 0 || level <= told_level_) told_level_ = says(words, Says::told) ? level : 0;
    related = says(words, Says::related);
  }

 private:
  std::uint32_t not_for_level_ = 0, told_level_ = 0;  // told_level_ 0: in no example
};

// The kind words of the headings above a line.
class HeadingsAbove {
 public:
  Kinds nearest() const noexcept { return nearest_; }

  // Sets the kinds of the headings above this one, then moves below it.
  void enter(TextLine& heading, std::uint32_t given_level) {
    const std::size_t level = std::min<std::size_t>(given_level, chain_.size() - 1);
    heading.heading = 0;
    for (std::size_t i = 0; i < level; ++i) heading.heading = static_cast<Kinds>(heading.heading | chain_[i]);
    heading.intro = 0;  // of the nearest heading above it
    for (std::size_t i = level; i-- > 0 && heading.intro == 0;) heading.intro = chain_[i];
    chain_[level] = nearest_ = heading.own;
    for (std::size_t i = level + 1; i < chain_.size(); ++i) chain_[i] = 0;
  }

 private:
  std::array<Kinds, 7> chain_{};  // by level
  Kinds nearest_ = 0;
};

// Whether a fence's lines [begin, end) of the text hold a line that opens another one ("```bash"). CommonMark takes it
// for code, and the line that is meant to close it for the end of the outer fence.
bool holds_fence(std::string_view text, std::size_t begin, std::size_t end);

// What a line is part of when such fences are nested: of a fence, and of what sort the outermost is.
struct FencedLine {
  bool fenced = false, markdown = false, plain = false;  // plain: of no language
};

// The same for each line; empty where that reading leaves a fence open.
std::vector<FencedLine> nest_fences(const std::vector<std::string_view>& lines);

// Whether the info string of a fence names Markdown; no language, or one that is not code.
bool is_markdown_fence(std::string_view info);
bool is_plain_fence(std::string_view info);

}  // namespace cascade::manifest
