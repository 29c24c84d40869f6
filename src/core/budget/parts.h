// Ordered placement: whether the sequence of a state can be cut into the parts.
#pragma once

#include "budget/kernel.h"
#include "budget/state.h"

#include <cstdint>

namespace cascade::budget {

// taken: places the nodes that are in, with all others out. certain: places only those whose position in the sequence
// no free node can change; false then means that no selection that agrees with the state fits. True unless the model
// is ordered. Linear.
enum class Sequence : std::uint8_t { taken, certain };
bool parts_hold(const Model& model, const Kernel& kernel, const State& state, Sequence sequence);

}  // namespace cascade::budget
