// All kinds of manifests, in the order of the enumeration: what has one of each, and what reads a kind from a file,
// goes by this list.
#pragma once

#include <cascade/manifest.h>

#include <array>
#include <cstdint>

namespace cascade::manifest {

inline constexpr std::array<Kind, 3> all_kinds = {Kind::skill, Kind::agent, Kind::command};

// Of a number that may be damaged: within the range whatever it is.
constexpr Kind kind_of(std::uint32_t stored) noexcept {
  return stored < all_kinds.size() ? static_cast<Kind>(stored) : all_kinds.back();
}

}  // namespace cascade::manifest
