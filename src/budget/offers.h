// What a relaxed selection is good for at once.
#pragma once

#include "budget/incumbent.h"
#include "budget/relaxation.h"
#include "budget/state.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// Offers the selection of the relaxation's last pass as it is, if it breaks no row and no limit; and one that is
// rounded from it (rounding.h). The state is as before when they return.
void offer_relaxed(const Kernel& kernel, const Relaxation& relaxation, State& state, Incumbent& incumbent);
void offer_rounded(const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices, State& state,
                   Incumbent& incumbent);

// Whether each node that is in has a way to it from node 0.
bool all_reached(const Kernel& kernel, const State& state);

// What is in under `state` or chosen by the relaxation's last pass.
std::vector<std::uint8_t> chosen_nodes(const Relaxation& relaxation, const State& state);

}  // namespace cascade::budget
