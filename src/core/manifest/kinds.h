// All kinds of manifests, in the order of the enumeration. Tables with one entry a kind, and code that reads a kind
// from a file, go by this list.
#pragma once

#include <cascade/manifest.h>

#include <array>
#include <cstdint>

namespace cascade::manifest {

inline constexpr std::array<Kind, 3> all_kinds = {Kind::skill, Kind::agent, Kind::command};

// The kind for a stored number that may be damaged: always a valid kind.
constexpr Kind kind_of(std::uint32_t stored) noexcept {
  return stored < all_kinds.size() ? static_cast<Kind>(stored) : all_kinds.back();
}

}  // namespace cascade::manifest
