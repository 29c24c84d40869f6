// Nodes that only hold each other: clauses let groups that refer to each other stand without a way from a root.
#pragma once

#include "budget/kernel.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// When each chosen node is reached, going from node 0 by ways of chosen nodes: its place in that order, after its
// parent and one of the nodes that lead to it; none for nodes that are not reached. `chosen` is closed under `parent`.
// Linear.
std::vector<std::uint32_t> reach_order(const Kernel& kernel, const std::vector<std::uint8_t>& chosen);

// The chosen nodes to which no way of chosen nodes leads; `chosen` is closed under `parent`. Linear.
std::vector<std::uint32_t> find_unreached(const Kernel& kernel, const std::vector<std::uint8_t>& chosen);

// The nodes outside the unreached ones through which a way could come in: any selection that holds one of the unreached
// holds one of these. Ascending; excluded ones and those with status out left off.
std::vector<std::uint32_t> ways_in(const Kernel& kernel, const std::vector<std::uint32_t>& unreached,
                                   const std::vector<Status>& status);

// Clauses that the chosen nodes break by having no way to some of them: for each bundle of unreached nodes that hold
// each other, that its nodes need a way into the bundle. `chosen` is closed under `parent`.
std::vector<Cut> find_cuts(const Kernel& kernel, const std::vector<std::uint8_t>& chosen,
                           const std::vector<Status>& status);

// The clause of the kernel that says the same; none if there is none.
std::uint32_t known_clause(const Kernel& kernel, const Cut& cut);

}  // namespace cascade::budget
