// A way straight down: what the bound is surest of is decided, the prices follow, until nothing is left to decide.
#pragma once

#include "budget/incumbent.h"
#include "budget/pricing.h"
#include "budget/state.h"

#include <cstdint>

namespace cascade::budget {

// Offers what it meets on the way and at the end; `state` is as before when it returns, the relaxation is not.
// O(steps * passes), with a number of steps logarithmic in the free nodes. Each step decides one in `part` of what the
// bound has chosen: the more, the finer, the better, the longer.
void dive(const Kernel& kernel, Relaxation& relaxation, Multipliers prices, Pricing::Shares shares,
          std::uint32_t gap_ppm, State& state, Incumbent& incumbent, std::uint32_t part = 4);

}  // namespace cascade::budget
