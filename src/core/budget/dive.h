// A straight way down: decides what the bound is surest of, adapts the prices, until nothing is left to decide.
#pragma once

#include "budget/incumbent.h"
#include "budget/pricing.h"
#include "budget/state.h"

#include <cstdint>

namespace cascade::budget {

// Offers what it meets on the way and at the end; `state` is unchanged on return, the relaxation is not. O(steps *
// passes); the number of steps is logarithmic in the free nodes. Each step decides one in `part` of the nodes that the
// bound has chosen: a larger `part` is finer, better and slower.
void dive(const Kernel& kernel, Relaxation& relaxation, Multipliers prices, Pricing::Shares shares,
          std::uint32_t gap_ppm, State& state, Incumbent& incumbent, std::uint32_t part = 4);

}  // namespace cascade::budget
