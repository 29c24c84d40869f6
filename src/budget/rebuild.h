// Builds a poor answer up again from a part of itself: what is kept leaves the bound less to decide, and less to be
// wrong about.
#pragma once

#include "budget/incumbent.h"
#include "budget/pricing.h"

#include <cstdint>

namespace cascade::budget {

// Up to 24 times: keeps three fifths of the incumbent's groups, drops the others, and dives from there (dive.h). After
// each time that finds nothing better, a tenth less is kept. Ends as soon as the incumbent is near `bound`. Different
// numbers of `series` drop different groups.
void rebuild(const Kernel& kernel, const Multipliers& prices, const Pricing::Shares& shares, std::uint32_t gap_ppm,
             std::int64_t bound, std::uint32_t series, Incumbent& incumbent);

// More than a hundredth of the bound may be lost. True where no answer is known.
bool is_far_off(const Incumbent& incumbent, std::int64_t bound);

}  // namespace cascade::budget
