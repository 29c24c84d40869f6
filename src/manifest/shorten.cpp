#include "manifest/shorten.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

using syntax::Block;
using syntax::BlockKind;
using syntax::Outline;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// One section with its blocks, both in positions of `text`.
struct SectionBlocks {
  std::string_view text;
  ByteRange bytes;
  Span<const Block> blocks;

  std::string_view of(const ByteRange& range) const { return text.substr(range.begin, range.size()); }
};

// Ranges that are joined so that at most one blank line stands where two of them meet.
class FoldedRanges {
 public:
  FoldedRanges(std::string_view text, std::vector<ByteRange>& out) : text_(text), out_(out) {}

  void add(ByteRange range) {
    if (out_.empty() || (last_ == '\n' && before_last_ == '\n'))
      while (range.begin < range.end && is_break(text_[range.begin])) ++range.begin;
    if (range.size() == 0) return;
    before_last_ = range.size() > 1 ? text_[range.end - 2] : last_;
    last_ = text_[range.end - 1];
    out_.push_back(range);
  }

 private:
  static bool is_break(char c) { return c == '\n' || c == '\r'; }

  std::string_view text_;
  std::vector<ByteRange>& out_;
  char before_last_ = '\0', last_ = '\0';  // bytes of what is joined so far
};

void without_code(const SectionBlocks& section, std::vector<ByteRange>& out) {
  FoldedRanges ranges(section.text, out);
  std::size_t kept = section.bytes.begin;
  for (const Block& block : section.blocks) {
    if (block.kind != BlockKind::fence && block.kind != BlockKind::indented_code) continue;
    ranges.add({kept, block.begin});
    kept = block.end;
  }
  ranges.add({kept, section.bytes.end});
}

void opening(const SectionBlocks& section, std::vector<ByteRange>& out) {
  const Block* first = section.blocks.begin();
  while (first != section.blocks.end() && first->kind == BlockKind::heading) ++first;
  if (first == section.blocks.end() || first->kind != BlockKind::paragraph) return;
  const std::string_view text = letters::trim(section.of({first->begin, first->end}));
  if (!text.empty() && text.back() != ':') out.push_back({section.bytes.begin, first->end});
}

void shorten(const SectionBlocks& section, Form form, std::vector<ByteRange>& out) {
  out.clear();
  if (form == Form::prose) return without_code(section, out);
  if (form == Form::opening) return opening(section, out);
  if (section.bytes.size() != 0) out.push_back(section.bytes);
}

Span<const Block> all_blocks(const Outline& outline) { return {outline.blocks.data(), outline.blocks.size()}; }

Span<const Block> blocks_of(const Outline& outline, std::size_t number) {
  const std::size_t begin = number == 0 ? 0 : outline.headings[number - 1];
  const std::size_t end = number < outline.headings.size() ? outline.headings[number] : outline.blocks.size();
  return {outline.blocks.data() + begin, end - begin};
}

// Whether a section by itself has the blocks that it has within its text. A heading that splits ends all that is open
// before it, so what is before and behind it says nothing of its blocks, except where a block that is never closed
// ends, and that a byte order mark is one at the begin only.
bool stands_alone(const SectionBlocks& section) {
  if (section.bytes.begin != 0 && section.of(section.bytes).substr(0, byte_order_mark.size()) == byte_order_mark)
    return false;
  return std::all_of(section.blocks.begin(), section.blocks.end(), [](const Block& block) { return block.closed; });
}

}  // namespace

std::string shorten(std::string_view section, Form form) {
  if (form != Form::prose && form != Form::opening) return std::string(section);
  const Outline outline = syntax::scan_outline(section);
  std::vector<ByteRange> ranges;
  shorten({section, {0, section.size()}, all_blocks(outline)}, form, ranges);
  std::string out;
  for (const ByteRange& range : ranges) out += section.substr(range.begin, range.size());
  return out;
}

ByteRange section_range(std::string_view text, const Outline& outline, std::size_t number) noexcept {
  const auto begin_of = [&outline](std::size_t heading) { return outline.blocks[outline.headings[heading]].begin; };
  return {number == 0 ? 0 : begin_of(number - 1), number < outline.headings.size() ? begin_of(number) : text.size()};
}

ShorterForms::ShorterForms(std::string_view text, const Outline& outline, std::size_t number)
    : text_(text), section_(section_range(text, outline, number)), blocks_(blocks_of(outline, number)) {
  if (stands_alone({text, section_, blocks_})) return;
  own_ = syntax::scan_outline(text.substr(section_.begin, section_.size()));
  blocks_ = all_blocks(*own_);
}

void ShorterForms::ranges(Form form, std::vector<ByteRange>& out) const {
  if (!own_) return shorten({text_, section_, blocks_}, form, out);
  const std::size_t begin = section_.begin;
  shorten({text_.substr(begin, section_.size()), {0, section_.size()}, blocks_}, form, out);
  for (ByteRange& range : out) range = {range.begin + begin, range.end + begin};
}

}  // namespace cascade::manifest
