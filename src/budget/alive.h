// Which groups and contents can be part of any valid selection at all, as far as that is seen without a search.
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

// Groups that the roots reach, less those that contradict themselves or what every selection holds, that need what is
// gone, or that bring a text larger than a whole budget leaves room for. Linear, times a few rounds.
Alive find_alive(const Model& model);

}  // namespace cascade::budget
