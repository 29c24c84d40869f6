// The block structure of a Markdown text: headings, code, running text.
//
// Follows CommonMark's block rules and GFM's tables (the outline equals cmark-gfm's; a corpus test compares them), and
// reports where it resumed after broken structure.
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
// in lists and quotes. Containers (list_item, quote) come before the blocks they hold and end where those end. Blank
// lines belong to a leaf only inside code and HTML; link reference definitions belong to no block, or to the paragraph
// after them.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::size_t begin = 0, end = 0;
  std::uint32_t line = 0;   // of begin, in the text given
  std::uint32_t level = 0;  // heading: 1 to 6; else 0
  std::uint32_t depth = 0;
  bool closed = true;  // fence, html: false if no closing line ends it
  std::string text;    // heading: its inline text without marks; fence: the info string
};

constexpr std::size_t most_headings = 1024;

// Lists of indices into `blocks`.
struct Outline {
  std::vector<Block> blocks;
  // The places where sections are split: the first most_headings headings outside lists and quotes (depth 0). Manifests
  // have hundreds at most, and packing compares sections with each other.
  std::vector<std::size_t> headings;
  // With Recovery::on. Fences and HTML blocks that are never closed and would swallow the rest of the text: reading
  // resumed at the next line after their first paragraph that looks like a heading. Paragraphs that would be a heading
  // of more than 300 characters: a whole document that lost its line ends, or prose that a '---' underlines by
  // mistake. And without a list: a fence also begins in the HTML block of a tag that HTML does not know.
  std::vector<std::size_t> recovered_fences, recovered_html, collapsed;
};

// Linear in the text; lists and quotes nest up to 100 deep, deeper marks are text. Lines end with LF, CRLF or CR.
// Offsets and lines are those of `text`; a byte order mark is skipped. Recovery::off follows CommonMark exactly.
enum class Recovery : std::uint8_t { off, on };
Outline scan_outline(std::string_view text, Recovery recovery = Recovery::on);

// The same for the part of a file from `begin` on, using the line index that the caller already has.
Outline scan_outline(const LineIndex& file, std::size_t begin, Recovery recovery = Recovery::on);

// Returns the inline code (with its backticks) and HTML comments in the bytes of one leaf block: [begin, end) in bytes
// of `text`, ascending, disjoint. Linear.
struct InlineSpan {
  enum class Kind : std::uint8_t { code, comment } kind = Kind::code;
  std::size_t begin = 0, end = 0;
};
std::vector<InlineSpan> scan_inline(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace cascade::syntax
