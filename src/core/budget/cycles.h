// Nodes that hold only each other: clauses allow groups that refer to each other without a way from a root.
#pragma once

#include "budget/kernel.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// The order in which the chosen nodes are reached from node 0 by ways of chosen nodes: each comes after its parent and
// one of the nodes that lead to it; none for nodes not reached. `chosen` is closed under `parent`. Linear.
std::vector<std::uint32_t> reach_order(const Kernel& kernel, const std::vector<std::uint8_t>& chosen);

// The chosen nodes to which no way of chosen nodes leads; `chosen` is closed under `parent`. Linear.
std::vector<std::uint32_t> find_unreached(const Kernel& kernel, const std::vector<std::uint8_t>& chosen);

// The nodes outside the unreached ones through which a way could come in: any selection that holds one of the
// unreached holds one of these. Ascending; without excluded nodes and those with status out.
std::vector<std::uint32_t> ways_in(const Kernel& kernel, const std::vector<std::uint32_t>& unreached,
                                   const std::vector<Status>& status);

// Returns the clauses that the chosen nodes break because some have no way to them: for each bundle of unreached nodes
// that hold each other, that its nodes need a way into the bundle. `chosen` is closed under `parent`.
std::vector<Cut> find_cuts(const Kernel& kernel, const std::vector<std::uint8_t>& chosen,
                           const std::vector<Status>& status);

// Returns the clause of the kernel that equals the cut, or none.
std::uint32_t known_clause(const Kernel& kernel, const Cut& cut);

}  // namespace cascade::budget
