// Makes a valid selection from a relaxed one.
#pragma once

#include <cstdint>
#include <vector>

#include "budget/incumbent.h"
#include "budget/kernel.h"
#include "budget/relaxation.h"
#include "budget/state.h"

namespace cascade::budget {

// Takes free nodes in, best first by the gains of the relaxation's last pass per priced cost, each with all it needs,
// as long as they fit. Then the nodes that are in are closed and keep all rows; false: something mandatory did not
// fit. The caller undoes. O(n log n) plus the cost of the decisions; under ordered placement O(n) more per node taken
// in.
enum class Ways : std::uint8_t { any, forward };
bool round_up(const Model& model, const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices,
              Ways ways, State& state, Effort& effort);

// Ordered placement: whether the sequence of a state can be cut into the parts.

// taken: places the nodes that are in, with all others out. certain: places only those whose position in the sequence
// no free node can change; false then means that no selection that agrees with the state fits. True unless the model
// is ordered. Linear.
enum class Sequence : std::uint8_t { taken, certain };
bool parts_hold(const Model& model, const Kernel& kernel, const State& state, Sequence sequence);

// Turns a relaxed selection into answers.

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
