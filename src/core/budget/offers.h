// Turns a relaxed selection into answers.
#pragma once

#include "budget/incumbent.h"
#include "budget/relaxation.h"
#include "budget/state.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

// Offers the selection of the relaxation's last pass unchanged, if it breaks no row and no limit; and a rounded one
// (rounding.h). The state is unchanged on return.
void offer_relaxed(const Kernel& kernel, const Relaxation& relaxation, State& state, Incumbent& incumbent);
void offer_rounded(const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices, State& state,
                   Incumbent& incumbent);

// Whether every node that is in can be reached from node 0.
bool all_reached(const Kernel& kernel, const State& state);

// The nodes that are in under `state` or chosen by the relaxation's last pass.
std::vector<std::uint8_t> chosen_nodes(const Relaxation& relaxation, const State& state);

}  // namespace cascade::budget
