// The body cut at its headings, each piece priced.
#pragma once

#include <cascade/manifest.h>

#include "syntax/outline.h"

#include <string_view>
#include <vector>

namespace cascade::manifest {

// Section 0 is the lead, then one section a heading; they cover text[body, end) without gaps. Records of shorter forms
// follow behind all of them, only where they cost fewer tokens than what they shorten. `symbol` is named in marks.
// `outline` is of text.substr(body) and `first_line` the file's line at `body`. A heading longer than 120 code points
// is shown cut: a document collapsed into one line is no title.
struct CutBody {
  std::vector<Section> sections;
  Cost cost;  // of the whole body as it is
};
CutBody cut_sections(std::string_view text, std::size_t body, std::uint32_t first_line, const syntax::Outline& outline,
                     const Symbol& symbol, const TokenCounter& counter);

}  // namespace cascade::manifest
