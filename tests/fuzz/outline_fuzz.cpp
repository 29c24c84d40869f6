// Blocks of any bytes lie in order inside the text, with recovery and without; spans lie inside their blocks.
#include "syntax/outline.h"

#include <cstdlib>

using namespace cascade::syntax;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(std::string_view text, Recovery recovery) {
  const Outline outline = scan_outline(text, recovery);
  std::size_t begin = 0, leaf_end = 0;
  for (const Block& block : outline.blocks) {
    require(block.begin >= begin && block.begin < block.end && block.end <= text.size());
    begin = block.begin;
    if (block.kind == BlockKind::list_item || block.kind == BlockKind::quote) continue;
    require(block.begin >= leaf_end);
    leaf_end = block.end;
    std::size_t last = block.begin;
    for (const InlineSpan& span : scan_inline(text, block.begin, block.end)) {
      require(span.begin >= last && span.begin < span.end && span.end <= block.end);
      last = span.end;
    }
  }
  for (const std::size_t index : outline.headings) require(outline.blocks.at(index).kind == BlockKind::heading);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, Recovery::off);
  check(text, Recovery::on);
  return 0;
}
