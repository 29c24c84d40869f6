// Ordered placement: whether the sequence that a state stands for can be cut into the parts.
#pragma once

#include "budget/kernel.h"
#include "budget/state.h"

#include <cstdint>

namespace cascade::budget {

// taken: of what is in, everything else being out. certain: of those in whose place in the sequence no free node can
// move; false means that no selection that agrees with the state fits. True unless the model is ordered. Linear.
enum class Sequence : std::uint8_t { taken, certain };
bool parts_hold(const Model& model, const Kernel& kernel, const State& state, Sequence sequence);

}  // namespace cascade::budget
