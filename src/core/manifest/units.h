// The parts of one section that belong together: a lead-in line with the text it leads to, a step with its sub-steps, a
// warning with the text it is about, "wrong" with "right". Shorter forms leave out whole units only (shorten.h).
#pragma once

#include <cascade/result.h>

#include "syntax/outline.h"
#include "tokens/counted_text.h"

#include <string_view>
#include <vector>

namespace cascade::manifest {

// [bytes.begin, bytes.end) in the text; the units of a section cover it after its heading without gaps.
// `code`: nothing but code and the lines that lead to it. `announces`: its last line leads to the text after it.
// `fence`: the only code of a unit of paragraphs and code, if that is a closed fence at its end; else empty.
// `examples`: its code with the lines that lead to it, where the rest makes sense without them; all of a unit of code.
struct Unit {
  tokens::ByteRange bytes;
  bool code = false, announces = false;
  tokens::ByteRange fence;
  std::vector<tokens::ByteRange> examples;
};

// The units of a section. `blocks` are those of the section, in positions of `text`; `section` is its range. Linear.
std::vector<Unit> units_of(std::string_view text, tokens::ByteRange section, Span<const syntax::Block> blocks);

// The end of the heading that begins the section; the section's beginning when it has none.
std::size_t heading_end(tokens::ByteRange section, Span<const syntax::Block> blocks) noexcept;

}  // namespace cascade::manifest
