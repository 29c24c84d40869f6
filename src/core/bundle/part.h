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

// Compares the words of the heading, ASCII regardless of case, with a short list. A word for an aside decides
// ("Example workflow"); else the first of procedure, verification, guidance with a matching word. Without any, a few
// Chinese, Japanese and Korean words are searched.
Part part_of(std::string_view heading);

// Whether the section says how a procedure ended: "Report", "Output", "Limits", or its verification.
bool closes_procedure(std::string_view heading, Part part);

// Returns one per section of the manifest. A section whose heading says nothing takes the role of the section around
// it. The first heading of level 1 is the title: it is plain and does not count for the sections below it. The lead is
// guidance.
std::vector<Part> parts_of(const Registry& registry, ManifestId id);

// The value of a section to the packer, in integer micro-units. docs/packing.md explains the model with an example.

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

// Finds sections of a manifest that would mean nothing, or something else, without others. manifest/emission.h does
// this inside a section.

// One section as the rules see it, in the manifest's order.
struct SectionFacts {
  std::string_view heading;
  std::uint32_t level = 0;  // 0: the lead
  Part part = Part::plain;
  bool announces = false, bare = false;
};

// Where `section` is shown, at least one of `any_of` must be. `whole`: only if its last line is shown. `procedures`:
// the heading or first paragraph of these is not enough.
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
