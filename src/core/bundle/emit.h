// Turns a packing into pieces: texts, read and shortened; heads that say how much follows; marks that say what was
// cut.
#pragma once

#include <cascade/bundle.h>
#include <cascade/registry.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bundle/items.h"

namespace cascade::bundle {

struct Pieces {
  std::vector<Piece> pieces;
  std::vector<LinkedFile> files;
  bool begin_as_emitted = true;  // each begins as manifest::emitted() lets texts begin
};

// Costs at most as much as the packing; less if a mark or a head came out shorter than its upper estimate.
Result<Pieces> emit_pieces(const Registry& registry, const BundleRequest& request, const Items& items,
                           const Packing& packing, const TokenCounter& counter, const ReadSection& read);

// Returns the form of a section that is shown: the longest chosen node; no_node: none.
std::uint32_t shown_node(const std::vector<std::uint8_t>& chosen, const SectionNodes& section);

// Returns which nodes the packing chose.
std::vector<std::uint8_t> chosen_nodes(const Items& items, const Packing& packing);

// The text that a mark stands for, as `cascade show X#Section` prints it.

// Returns the section as a whole, as in a bundle, with `further` sections after it; without that number, with all
// sections below it. REQUIRES: `section` is one of the manifest's own, not a shorter form.
Result<std::string> section_text(const Registry& registry, ManifestId id, std::uint32_t section,
                                 std::optional<std::uint32_t> further, const ReadSection& read);

}  // namespace cascade::bundle
