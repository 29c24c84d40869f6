// The block structure of a Markdown text: what is a heading, what is code, what is running text.
//
// Follows CommonMark's block rules and GFM's tables (the outline is cmark-gfm's, a corpus test compares), and says
// where it went on after broken structure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::syntax {

class LineIndex;

enum class BlockKind : std::uint8_t { heading, paragraph, fence, indented_code, html, quote, list_item, table, rule };

// [begin, end) in bytes of the text, whole lines. Leaf blocks are in order and do not overlap. `depth` is the nesting
// in lists and quotes. Containers (list_item, quote) stand before the blocks they hold and reach as far as these. Blank
// lines belong to a leaf only inside code and HTML; link reference definitions belong to none or to the paragraph
// behind them.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::size_t begin = 0, end = 0;
  std::uint32_t line = 0;   // of begin, in the text given
  std::uint32_t level = 0;  // heading: 1 to 6; else 0
  std::uint32_t depth = 0;
  bool closed = true;  // fence, html: false when no closing line ends it
  std::string text;    // heading: its inline text without marks; fence: the info string
};

// Lists of indices into `blocks`.
struct Outline {
  std::vector<Block> blocks;
  // Where sections are split: every heading outside lists and quotes (depth 0).
  std::vector<std::size_t> headings;
  // With Recovery::on. Fences and HTML blocks that are never closed and would swallow the rest of the text: reading
  // went on at the next line, behind their first paragraph, that looks like a heading. Paragraphs that would be a
  // heading of more than 300 characters: a whole document whose line ends were lost, or prose that a '---' underlines
  // by mistake.
  std::vector<std::size_t> recovered_fences, recovered_html, collapsed;
};

// Linear in the text; lists and quotes nest 100 deep, deeper marks are text. Lines end with LF, CRLF or CR. Offsets and
// lines are those of `text`; a byte order mark is skipped. Recovery::off is CommonMark to the letter.
enum class Recovery : std::uint8_t { off, on };
Outline scan_outline(std::string_view text, Recovery recovery = Recovery::on);

// The same of what stands in a file from `begin` on, whose lines need not be looked for again.
Outline scan_outline(const LineIndex& file, std::size_t begin, Recovery recovery = Recovery::on);

// Where inside one leaf block's bytes is inline code (with its backticks) and HTML comments: [begin, end) in bytes of
// `text`, ascending, disjoint. Linear.
struct InlineSpan {
  enum class Kind : std::uint8_t { code, comment } kind = Kind::code;
  std::size_t begin = 0, end = 0;
};
std::vector<InlineSpan> scan_inline(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace cascade::syntax
