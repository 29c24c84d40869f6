// Rebuilds a poor answer from a part of itself: with that part fixed, the bound has less to decide and errs less.
#pragma once

#include "budget/incumbent.h"
#include "budget/pricing.h"

#include <cstdint>

namespace cascade::budget {

// Up to 24 times: keeps three fifths of the incumbent's groups, drops the others, and dives from there (dive.h). After
// each try without a better answer a tenth less is kept. Stops once the incumbent is close to `bound`. Different
// numbers of `series` drop different groups.
void rebuild(const Kernel& kernel, const Multipliers& prices, const Pricing::Shares& shares, std::uint32_t gap_ppm,
             std::int64_t bound, std::uint32_t series, Incumbent& incumbent);

// More than a hundredth of the bound may be missing. True if there is no answer yet.
bool is_far_off(const Incumbent& incumbent, std::int64_t bound);

}  // namespace cascade::budget
