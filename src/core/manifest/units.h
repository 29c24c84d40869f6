// The parts of one section that belong together: a lead-in line with the text it leads to, a step with its sub-steps, a
// warning with the text it is about, "wrong" with "right". Shorter forms leave out whole units only (emission.h).
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "syntax/outline.h"
#include "tokens/counted_text.h"

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

// Labels: short texts that say what follows them, a wrong or a right way, or a warning.

// Whether a label says that what follows is the wrong way, or the right one: "❌ Before", "GOOD:", "<Bad>".
enum class Contrast : std::uint8_t { none, wrong, right };
Contrast contrast_of(std::string_view label);

// "⚠️ Data loss", "Warning: ...", "[!CAUTION]".
bool is_warning_label(std::string_view label);

// The text without trailing marks of emphasis and closing tags.
std::string_view without_closing_marks(std::string_view text) noexcept;

}  // namespace cascade::manifest
