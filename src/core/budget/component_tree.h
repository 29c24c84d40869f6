// The tree of components: groups that imply each other, below those that they cannot be open without.
#pragma once

#include <cstdint>
#include <vector>

#include "budget/kernel.h"
#include "budget/model.h"

namespace cascade::budget {

// The place of a content in the kernel: the number of the component below which it is a node, with merged_bit if it is
// part of the component itself; none: it is worthless or not alive.
using Places = std::vector<std::uint32_t>;
constexpr std::uint32_t merged_bit = 0x80000000U;

// `shorter`, `longer`: a content's neighbours in its chain, or none. `set`: whether all of a set of alternatives is
// one chain. Along a chain value grows, no cost falls, and all forms belong to one component.
struct Chains {
  std::vector<std::uint32_t> shorter, longer;
  std::vector<std::uint8_t> set;
};

// Removes from `places` the forms that another form of their set beats. Under ordered placement nothing is a chain:
// there the cost of a form depends on its position.
Chains find_chains(const Model& model, const Alive& alive, Places& places);

// The vertices are the groups and, as the last, the start, which leads to the roots.
struct ComponentTree {
  std::uint32_t count = 0;               // number of components; the start's is 0, and parents have smaller numbers
  std::vector<std::uint32_t> component;  // of a vertex; none: no living group
  std::vector<std::uint32_t> above;      // of a component: its deepest dominator; none for the start's
  std::vector<std::uint32_t> level;      // of a component: its depth
  std::vector<std::uint32_t> dominator;  // of a vertex; none as above, and for the start
};

ComponentTree find_component_tree(const Model& model, const Alive& alive);

// Places each content: in a component if it always comes with it, as a node of its own below the deepest component that
// all its carriers imply, or nowhere if it is worthless.
Places place_contents(const Model& model, const Alive& alive, const ComponentTree& tree);

// Strongly connected components.

// Vertices that reach each other share a number. A component's number is greater than those of all components it leads
// to. Vertices that the visit does not meet have `none`.
struct Components {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> of_vertex;
};

// The components of everything reachable from `starts`. Linear, no recursion.
Components find_components(const Rows& successors, const std::vector<std::uint32_t>& starts);

// Dominators of a directed graph: a dominates b if every path from the start to b passes through a.

// `idom` of each vertex is its immediate dominator, or `none` for the start and for vertices it does not reach.
// `depth` is the number of dominators above a vertex, `preorder` the reached vertices, each after its dominator.
struct Dominators {
  std::vector<std::uint32_t> idom, depth, preorder;
};

// Lengauer and Tarjan's algorithm with path compression: O(edges * log vertices), no recursion.
Dominators find_dominators(const Rows& successors, std::uint32_t start);

// Nodes that hold only each other: clauses allow groups that refer to each other without a way from a root.

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
