// The block structure of a Markdown text: what is a heading, what is code, what is running text.
//
// Follows CommonMark's block rules for headings, fences, indented code and HTML blocks (the outline equals cmark-gfm's
// on well-formed files), and says where it recovered from broken structure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::syntax {

enum class BlockKind : std::uint8_t { heading, paragraph, fence, indented_code, html, quote, list_item, table, rule };

// [begin, end) in bytes of the text, whole lines. Leaf blocks are in order and do not overlap. `depth` is the nesting
// in lists and quotes. A list item's or quote's own leaf blocks follow; containers are listed too (list_item, quote).
struct Block {
  BlockKind kind = BlockKind::paragraph;
  std::size_t begin = 0, end = 0;
  std::uint32_t line = 0;   // of begin, in the text given
  std::uint32_t level = 0;  // heading: 1 to 6; else 0
  std::uint32_t depth = 0;
  bool closed = true;  // fence: false when it is open at the end of the text (or was recovered)
  std::string text;    // heading: its inline text without marks; fence: the info string
};

struct Outline {
  std::vector<Block> blocks;
  // Headings are blocks of kind heading with depth 0 or deeper; sections are split at those in `headings` (indices into
  // blocks), which leaves out headings inside quotes and list items.
  std::vector<std::size_t> headings;
  // Fences that were never closed: reading went on at the next heading-like line after the opening's paragraph.
  std::vector<std::size_t> recovered_fences;
};

// Linear in the text. Offsets and lines are those of `text`; recovery can be switched off to compare with CommonMark.
enum class Recovery : std::uint8_t { off, on };
Outline scan_outline(std::string_view text, Recovery recovery = Recovery::on);

// Where inside one leaf block's bytes is inline code (backtick runs) and HTML comments: [begin, end) in bytes of
// `text`.
struct InlineSpan {
  enum class Kind : std::uint8_t { code, comment } kind = Kind::code;
  std::size_t begin = 0, end = 0;
};
std::vector<InlineSpan> scan_inline(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace cascade::syntax
