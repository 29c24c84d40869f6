// Finds the groups and contents that can be in a valid selection, as far as this shows without a search.
#pragma once

#include "budget/model.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// `hopeless`: something that every selection holds is not alive.
struct Alive {
  std::vector<std::uint8_t> group, content;
  bool hopeless = false;
};

// The groups that the roots reach, except those that contradict themselves or what every selection holds, that need a
// dead group, or that bring a text too large for what is left of a budget. Linear.
Alive find_alive(const Model& model);

}  // namespace cascade::budget
