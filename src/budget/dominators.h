// Dominators of a directed graph: a dominates b when every path from the start to b passes a.
#pragma once

#include "budget/rows.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// `idom` of each vertex is its immediate dominator; of the start itself, and of vertices that it does not reach,
// `none`. `depth` is the number of dominators above a vertex, `preorder` the reached vertices, each after its
// dominator.
struct Dominators {
  std::vector<std::uint32_t> idom, depth, preorder;
};

// Lengauer and Tarjan's method with path compression: O(edges * log vertices), no recursion.
Dominators find_dominators(const Rows& successors, std::uint32_t start);

}  // namespace cascade::budget
