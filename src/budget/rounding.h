// From a relaxed selection to a valid one.
#pragma once

#include "budget/relaxation.h"
#include "budget/state.h"

#include <cstdint>

namespace cascade::budget {

// Takes free nodes in, best first by the gains of the relaxation's last pass per priced cost, each with all that it
// needs, as long as they fit. Afterwards what is in `state` is closed and keeps all rows, unless false is returned:
// something mandatory found no place. The caller undoes. O(n log n) and what the decisions cost; under ordered
// placement O(n) more for each node taken in.
enum class Ways : std::uint8_t { any, forward };
bool round_up(const Model& model, const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices,
              Ways ways, State& state);

}  // namespace cascade::budget
