// Finds sections of a manifest that would mean nothing, or something else, without others. manifest/units.h does this
// inside a section.
#pragma once

#include "bundle/part.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace cascade::bundle {

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
