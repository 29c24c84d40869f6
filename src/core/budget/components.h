// Strongly connected components.
#pragma once

#include "budget/rows.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// Vertices that reach each other share a number. A component's number is greater than those of all components it leads
// to. Vertices that the visit does not meet have `none`.
struct Components {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> of_vertex;
};

// The components of everything reachable from `starts`. Linear, no recursion.
Components find_components(const Rows& successors, const std::vector<std::uint32_t>& starts);

}  // namespace cascade::budget
