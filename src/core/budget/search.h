// Branch and bound: takes the open node with the greatest bound first, and goes straight down from it.
#pragma once

#include "budget/incumbent.h"
#include "budget/root.h"

#include <cstdint>

namespace cascade::budget {

struct SearchLimits {
  std::uint64_t nodes = 0;
  std::uint32_t gap_ppm = 0;
  std::uint64_t tie_nodes = ~std::uint64_t{0};
};

// `bound`: no selection is worth more. `complete`: the incumbent is the canonical optimum (or within the gap). With
// more nodes the incumbent is never worse and the bound never greater.
struct SearchResult {
  std::int64_t bound = 0;
  std::uint64_t nodes = 0;
  bool complete = false;
};

SearchResult search(Root root, Incumbent& incumbent, const SearchLimits& limits);

}  // namespace cascade::budget
