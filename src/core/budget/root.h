// The work before any branching: a bound, first answers, and a kernel without the nodes they decide.
#pragma once

#include <cstdint>

#include "budget/kernel.h"
#include "budget/relaxation.h"
#include "budget/state.h"

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

// Decides nodes by the bound: if the other choice for a node would lower the bound too far, it need not be searched.

// The loss in the bound if the status of a free node is reversed, from the relaxation's last pass and selection: taken
// in together with its parents, or left out.
struct Losses {
  std::vector<Fixed> turned;
};
void find_losses(const Relaxation& relaxation, Losses& losses);

enum class Fixing : std::uint8_t { nothing, something, contradiction };
// Decides every free node whose loss exceeds `slack`, or that is too expensive with its parents.
Fixing fix(const Kernel& kernel, const Relaxation& relaxation, const Losses& losses, Fixed slack, State& state);

// A straight way down: decides what the bound is surest of, adapts the prices, until nothing is left to decide.

// Offers what it meets on the way and at the end; `state` is unchanged on return, the relaxation is not. O(steps *
// passes); the number of steps is logarithmic in the free nodes. Each step decides one in `part` of the nodes that the
// bound has chosen: a larger `part` is finer, better and slower.
void dive(const Kernel& kernel, Relaxation& relaxation, Multipliers prices, Pricing::Shares shares,
          std::uint32_t gap_ppm, State& state, Incumbent& incumbent, std::uint32_t part = 4);

// Rebuilds a poor answer from a part of itself: with that part fixed, the bound has less to decide and errs less.

// Up to 24 times: keeps three fifths of the incumbent's groups, drops the others, and dives from there (dive.h). After
// each try without a better answer a tenth less is kept. Stops once the incumbent is close to `bound`. Different
// numbers of `series` drop different groups.
void rebuild(const Kernel& kernel, const Multipliers& prices, const Pricing::Shares& shares, std::uint32_t gap_ppm,
             std::int64_t bound, std::uint32_t series, Incumbent& incumbent);

// More than a hundredth of the bound may be missing. True if there is no answer yet.
bool is_far_off(const Incumbent& incumbent, std::int64_t bound);

}  // namespace cascade::budget
