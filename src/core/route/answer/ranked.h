// A candidate for an answer.
#pragma once

#include <cstdint>

namespace cascade::route {

struct Ranked {
  std::uint32_t entry = 0, score = 0;
};

// Best first; ties by entry. No function: sorting would call it, where this is part of the loop.
inline constexpr auto is_better = [](const Ranked& a, const Ranked& b) noexcept {
  return a.score != b.score ? a.score > b.score : a.entry < b.entry;
};

}  // namespace cascade::route
