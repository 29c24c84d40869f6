// Which groups stand and fall together.
#pragma once

#include "budget/dominators.h"
#include "budget/model.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// Strongly connected components of the relation "is in every selection with", over the groups that `dominators` reaches
// and its start, which requires the roots. Numbered so that what a component implies has a smaller number: the start's
// is 0. `of_vertex` is none for groups that are not reached.
struct Components {
  std::uint32_t count = 0;
  std::vector<std::uint32_t> of_vertex;
};

// REQUIRES: the start is number model.groups. Tarjan's method, linear, no recursion.
Components find_components(const Model& model, const Dominators& dominators);

}  // namespace cascade::budget
