// Alternatives that are shorter and longer forms of one thing.
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

// `shorter`, `longer`: of a content, its neighbours in a chain; none. `set`: of a set of alternatives, whether all of
// it is one chain. Along a chain value grows, no cost falls, and all belongs to one component.
struct Chains {
  std::vector<std::uint32_t> shorter, longer;
  std::vector<std::uint8_t> set;
};

// Takes forms that another one of their set beats off `places`. Nothing is a chain under ordered placement: what a form
// costs there depends on where it stands.
Chains find_chains(const Model& model, const Alive& alive, Places& places);

}  // namespace cascade::budget
