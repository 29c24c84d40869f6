// The role of a section in its manifest, as far as its heading shows.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::bundle {

// procedure: what to do, in order. verification: how to know it is done. guidance: the subject, which way to go, what
// must not happen. aside: reference material. plain: everything else, including headings with none of the known words.
enum class Part : std::uint8_t { procedure, verification, guidance, plain, aside };

// A row of part_words.tsv.
struct PartWord {
  std::string_view text;
  Part part;
};

// By words: one for an aside decides ("Example workflow"), else the first of procedure, verification, guidance.
Part part_of(std::string_view heading);

// One per section; without a word it takes that of the section around it. The title is plain, the lead guidance.
std::vector<Part> parts_of(const Registry& registry, ManifestId id);

// relevance: 0 to 1000, how much of the task the section answers. strength: of the reference that brought its manifest
// in. place: how many manifests at the same distance from a root are called before this one.
struct Worth {
  std::uint32_t relevance = 1000;
  Layer layer = Layer::skill;
  Strength strength = Strength::required;
  std::uint32_t priority = 50;
  Part part = Part::plain;
  TokenCount tokens = 100;
  std::uint32_t place = 0;
};

// The formula of docs/packing.md. 0 only for excluded sections, as a text that fits free of charge is better in than
// out.
std::uint64_t section_value(const Worth& worth) noexcept;

// A card alone says what exists and when to use it: three tenths of a plain section of 100 tokens.
std::uint64_t card_value(const Worth& worth) noexcept;

// The shares of docs/packing.md; a procedure's first paragraph is worth a tenth, because it is not a procedure.
std::uint64_t shorter_value(std::uint64_t section, Form form, Part part, TokenCount tokens, TokenCount whole) noexcept;

// metadata.cascade-priority: an integer from 0 to 100; anything else counts as not set.
std::uint32_t author_priority(const Registry& registry, ManifestId id) noexcept;

// One section as the rules see it, in the manifest's order.
struct SectionFacts {
  std::string_view heading;
  std::uint32_t level = 0;  // 0: the lead
  Part part = Part::plain;
  bool announces = false, bare = false;
};

// Where `section` is shown (`whole`: its last line), one of `any_of` must be; `procedures`: more than their beginning.
struct Requirement {
  std::uint32_t section = 0;
  bool whole = false;
  std::vector<std::uint32_t> any_of;
  bool procedures = false;
};

constexpr std::uint32_t no_parent = 0xffffffffU;

// Returns the section whose heading encloses each one. A manifest's title encloses nothing: its head says as much.
std::vector<std::uint32_t> parents_of(const std::vector<SectionFacts>& sections);

// - A heading without text needs the first section below it; a manifest's title needs any of them.
// - A section whose last line announces what follows needs the first section below it.
// - Adjacent sections such as "Wrong" and "Right" need each other.
// - A section needs the warnings below it.
// - A section that checks or reports a procedure needs the procedure.
// - A step with a heading and number of its own needs the step before it; numbers are steps if one of their series says
//   so or checks the others.
std::vector<Requirement> requirements_of(const std::vector<SectionFacts>& sections,
                                         const std::vector<std::uint32_t>& parents);

}  // namespace cascade::bundle
