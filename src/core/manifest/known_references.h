// The references of sections that earlier manifests have, too: they are not looked for again.
//
// A section may be read alone if its heading and the next one begin with '#' and a blank line ends it, or the file: no
// finder then looks past its ends. The line of its heading stays in the text, as headings say something of each other;
// what stands below it, the finders read no differently in another file. What could reach from below one heading to
// below another (a string that a call begins, an element that holds a sample, fences inside fences, headings in lists)
// is noticed, and such a file is read whole and nothing of it kept.
#pragma once

#include <cascade/manifest.h>

#include "manifest/body_text.h"
#include "manifest/sections.h"
#include "syntax/outline.h"
#include "tokens/counted_text.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cascade::manifest {

class KnownReferences {
 public:
  // Knows nothing, leaves nothing out and keeps nothing.
  KnownReferences() = default;
  // `known`: what `memo` has of the sections, by number; null for those that are not in it. `outline` is of the file's
  // body. The memo must outlive this object.
  KnownReferences(std::string_view file, const syntax::Outline& outline, const std::vector<Section>& sections,
                  const std::vector<KnownSection*>& known, SectionMemo& memo);

  // What BodyText is to leave out, ascending.
  Span<const tokens::ByteRange> left_out() const noexcept { return {left_out_.data(), left_out_.size()}; }
  void leave_nothing_out() noexcept;
  // Whether the headings of what was left out are governed by none above them.
  bool suit(const BodyText& body) const;
  // Adds the references of what was left out to those of the rest, in the order of the file.
  void add_to(FoundReferences& found) const;
  // Keeps the references of sections that may be read alone. `found` is as add_to() left it.
  void keep(const BodyText& body, const FoundReferences& found) const;

 private:
  struct Part {
    KnownSection* known = nullptr;
    std::uint32_t line = 0;   // of the heading
    std::size_t section = 0;  // where it begins
    tokens::ByteRange below;  // the part of the file below the heading's line
    bool at_end = false;      // of the file
    bool left_out = false;

    std::optional<FoundReferences>& references() const {
      return at_end ? known->references_at_end : known->references_inside;
    }
  };

  SectionMemo* memo_ = nullptr;
  std::vector<Part> parts_;  // that may be read alone, ascending
  std::vector<tokens::ByteRange> left_out_;
};

}  // namespace cascade::manifest
