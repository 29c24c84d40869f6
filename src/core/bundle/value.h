// The value of a section to the packer, in integer micro-units. docs/packing.md explains the model with an example.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>

#include "bundle/part.h"

#include <cstdint>

namespace cascade::bundle {

// The inputs of the value. relevance: 0 to 1000, how much of the task the section answers. strength: of the reference
// that brought its manifest in; required for a root. priority: the author's, 0 to 100, 50 if not set. tokens: the
// section's cost. place: how many manifests at the same distance from a root are called before this one; 0 for a root.
struct Worth {
  std::uint32_t relevance = 1000;
  Layer layer = Layer::skill;
  Strength strength = Strength::required;
  std::uint32_t priority = 50;
  Part part = Part::plain;
  TokenCount tokens = 100;
  std::uint32_t place = 0;
};

// floor(base * part * size / 10^6) with base = floor((100,000 + 900 * relevance) * layer * strength * (500 + 10 *
// priority) / 10^9), less a fiftieth for each place up to the twentieth, where layer is 1000, 700, 450, 300 for
// playbook, skill, agent, command, strength 1000, 700, 300 for required, invoked, mentioned, and part 3000, 2000,
// 1400, 1000, 500 in the order of Part. size is 1000 for 100 tokens and grows with the square root of the length:
// floor(sqrt(10,000 * tokens)), from 200 to 4000. 0 only for excluded sections: a text that fits free of charge is
// better in than out. At most 18,000,000.
std::uint64_t section_value(const Worth& worth) noexcept;

// A card alone says what exists and when to use it: three tenths of a plain section of 100 tokens.
std::uint64_t card_value(const Worth& worth) noexcept;

// A section without its code is worth nine tenths of the share of tokens it keeps, at least six tenths of its value.
// Its first paragraph is worth seven tenths of that share, at least three tenths; for a procedure one tenth, because a
// paragraph is not a procedure. Its beginning is worth these three tenths, or one, plus six tenths of that share.
std::uint64_t shorter_value(std::uint64_t section, Form form, Part part, TokenCount tokens, TokenCount whole) noexcept;

// metadata.cascade-priority: an integer from 0 to 100; anything else counts as not set.
std::uint32_t author_priority(const Registry& registry, ManifestId id) noexcept;

}  // namespace cascade::bundle
