// The work before any branching: a bound, first answers, and a kernel without the nodes they decide.
#pragma once

#include "budget/incumbent.h"
#include "budget/kernel.h"
#include "budget/pricing.h"
#include "budget/relaxation.h"

#include <cstdint>

namespace cascade::budget {

// `closed`: nothing better than the incumbent is left. Otherwise `kernel` holds everything that may be better, with no
// decided nodes but node 0, and `prices` suit it. `bound` holds for everything that may be better than the incumbent,
// `ceiling` for every selection.
struct Root {
  Kernel kernel;
  Multipliers prices;
  Pricing::Shares shares;  // one per node of the kernel
  std::int64_t bound = 0, ceiling = 0;
  bool closed = false;
};

// The bound to report once nothing worth finding is left; it holds for every selection.
std::int64_t settled_bound(const Incumbent& incumbent, std::uint32_t gap_ppm, std::int64_t ceiling);

Root work_root(Kernel kernel, Incumbent& incumbent, std::uint32_t gap_ppm);

}  // namespace cascade::budget
