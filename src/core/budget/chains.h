// Finds alternatives that are shorter and longer forms of one text.
#pragma once

#include "budget/alive.h"
#include "budget/model.h"

#include <cstdint>
#include <vector>

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

}  // namespace cascade::budget
