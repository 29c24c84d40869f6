// Dominators of a directed graph: a dominates b if every path from the start to b passes through a.
#pragma once

#include "budget/rows.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// `idom` of each vertex is its immediate dominator, or `none` for the start and for vertices it does not reach.
// `depth` is the number of dominators above a vertex, `preorder` the reached vertices, each after its dominator.
struct Dominators {
  std::vector<std::uint32_t> idom, depth, preorder;
};

// Lengauer and Tarjan's algorithm with path compression: O(edges * log vertices), no recursion.
Dominators find_dominators(const Rows& successors, std::uint32_t start);

}  // namespace cascade::budget
