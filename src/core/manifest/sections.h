// The body cut at its headings, each piece priced.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "manifest/emission.h"
#include "syntax/lines.h"
#include "syntax/outline.h"

namespace cascade::manifest {

class SectionMemo;

// Section 0 is the lead; each heading begins one more section. They cover the file from `body` on without gaps. Records
// of shorter forms follow after all of them, only those that cost less than their section. `symbol` is named in marks.
// `outline` is of the text from `body` on. A heading longer than 120 code points is shown cut. `memo`: of sections that
// were read with this counter; the text must outlive it. Null: none.
struct CutBody {
  std::vector<Section> sections;
  Cost cost;  // of the whole body as it is
};
CutBody cut_sections(const syntax::LineIndex& lines, std::size_t body, const syntax::Outline& outline,
                     const Symbol& symbol, const TokenCounter& counter, SectionMemo* memo = nullptr);

// A shorter form without the cost of its marks, which name the manifest and the section.
struct KnownForm {
  struct Cut {
    std::size_t lines = 0;
    bool code = false;
  };
  Form form = Form::prose;
  Cost kept;  // of all that is not cut
  std::uint32_t shown_lines = 0;
  std::vector<Cut> cuts;
};

// What a section's text alone decides, and whether sections follow below it.
struct KnownSection {
  std::string_view text;
  bool has_children = false;
  bool announces = false, bare = false;  // as in Section
  Cost unchanged, cost;                  // of the text as it is, and as it is emitted
  Cost place;                            // of the heading in a mark (MarkCosts); {}: unknown
  std::vector<KnownForm> forms;          // all that might cost less than the section
};

// What is known of the sections of manifests that were read before: libraries made from templates repeat up to a third
// of their text section by section. Not thread-safe. Takes about 300 bytes for a section, and holds at
// most 65,536.
class SectionMemo {
 public:
  // Null: there is none with this text. `content_hash`: Section::content_hash. Valid as long as the memo.
  const KnownSection* find(std::uint64_t content_hash, std::string_view text, bool has_children) const noexcept;
  // Keeps it, unless the text is too short to be worth it. The text must outlive the memo.
  void add(std::uint64_t content_hash, KnownSection section);

  // Of the parts that the marks of all manifests share. REQUIRES: one counter for all.
  MarkCosts::Shared& mark_parts() noexcept { return mark_parts_; }

 private:
  struct Slot {
    std::uint64_t content_hash = 0;
    const KnownSection* section = nullptr;  // null: free
  };
  void grow();
  void place(const Slot& slot) noexcept;

  std::vector<Slot> slots_;            // open addressing, at most half full
  std::deque<KnownSection> sections_;  // which never moves them
  MarkCosts::Shared mark_parts_;
};

}  // namespace cascade::manifest
