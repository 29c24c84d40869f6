// The body cut at its headings, each piece priced.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "manifest/emission.h"
#include "syntax/lines.h"
#include "syntax/outline.h"

namespace cascade::manifest {

// Section 0 is the lead; each heading begins one more section. They cover the file from `body` on without gaps. Records
// of shorter forms follow after all of them, only those that cost less than their section. `symbol` is named in marks.
// `outline` is of the text from `body` on. A heading longer than 120 code points is shown cut. `shared`: as MarkCosts
// has it.
struct CutBody {
  std::vector<Section> sections;
  Cost cost;  // of the whole body as it is
};
CutBody cut_sections(const syntax::LineIndex& lines, std::size_t body, const syntax::Outline& outline,
                     const Symbol& symbol, const TokenCounter& counter, MarkCosts::Shared* shared = nullptr);

}  // namespace cascade::manifest
