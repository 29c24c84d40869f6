// What a section is worth to the packer, in integer micro-units. docs/bundle.md explains the model with an example.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>

#include <cstdint>

namespace cascade::bundle {

// What the value depends on. relevance: 0 to 1000, how much of the task the section answers. strength: of the reference
// that pulled its manifest in; required for a root. priority: the author's, 0 to 100, 50 when not set.
struct Worth {
  std::uint32_t relevance = 1000;
  Layer layer = Layer::skill;
  Strength strength = Strength::required;
  std::uint32_t priority = 50;
};

// floor((100,000 + 900 * relevance) * layer * strength * (500 + 10 * priority) / 10^9), where layer is 1000, 700, 450,
// 300 for playbook, skill, agent, command, and strength 1000, 700, 300 for required, invoked, mentioned. Never 0: what
// fits for nothing is better in than out. At most 1,500,000.
std::uint64_t section_value(const Worth& worth) noexcept;

// A card alone tells what there is and when to use it: three tenths of a section.
std::uint64_t card_value(const Worth& worth) noexcept;

// A section without its code keeps six tenths of its value, its first paragraph three tenths.
std::uint64_t shorter_value(std::uint64_t section, Form form) noexcept;

// metadata.cascade-priority: an integer from 0 to 100; anything else counts as not set.
std::uint32_t author_priority(const Registry& registry, ManifestId id) noexcept;

}  // namespace cascade::bundle
