// The body cut at its headings, each piece priced.
#pragma once

#include <cascade/manifest.h>

#include "syntax/lines.h"
#include "syntax/outline.h"

#include <vector>

namespace cascade::manifest {

class SectionMemo;
struct KnownSection;

// Section 0 is the lead; each heading begins one more section. They cover the file from `body` on without gaps. Records
// of shorter forms follow after all of them, only those that cost less than their section. `symbol` is named in marks.
// `outline` is of the text from `body` on. A heading longer than 120 code points
// is shown cut: a document collapsed into one line is not a title. `memo`: of sections that were read with this
// counter; the text must outlive it. Null: none.
struct CutBody {
  std::vector<Section> sections;
  Cost cost;  // of the whole body as it is
  // By the number of the section: what the memo knows of it, now at the latest. Null: it is not kept. Valid as long as
  // the memo.
  std::vector<KnownSection*> known;
};
CutBody cut_sections(const syntax::LineIndex& lines, std::size_t body, const syntax::Outline& outline,
                     const Symbol& symbol, const TokenCounter& counter, SectionMemo* memo = nullptr);

}  // namespace cascade::manifest
