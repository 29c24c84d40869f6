// The tree of components: groups that imply each other, below those that they cannot be open without.
#pragma once

#include "budget/alive.h"
#include "budget/chains.h"
#include "budget/model.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

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

}  // namespace cascade::budget
