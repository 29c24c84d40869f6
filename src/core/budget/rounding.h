// Makes a valid selection from a relaxed one.
#pragma once

#include "budget/effort.h"
#include "budget/relaxation.h"
#include "budget/state.h"

#include <cstdint>

namespace cascade::budget {

// Takes free nodes in, best first by the gains of the relaxation's last pass per priced cost, each with all it needs,
// as long as they fit. Then the nodes that are in are closed and keep all rows; false: something mandatory did not
// fit. The caller undoes. O(n log n) plus the cost of the decisions; under ordered placement O(n) more per node taken
// in.
enum class Ways : std::uint8_t { any, forward };
bool round_up(const Model& model, const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices,
              Ways ways, State& state, Effort& effort);

}  // namespace cascade::budget
