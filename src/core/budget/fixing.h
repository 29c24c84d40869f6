// Decides nodes by the bound: if the other choice for a node would lower the bound too far, it need not be searched.
#pragma once

#include "budget/relaxation.h"
#include "budget/state.h"

namespace cascade::budget {

// The loss in the bound if the status of a free node is reversed, from the relaxation's last pass and selection: taken
// in together with its parents, or left out.
struct Losses {
  std::vector<Fixed> turned;
};
void find_losses(const Relaxation& relaxation, Losses& losses);

enum class Fixing : std::uint8_t { nothing, something, contradiction };
// Decides every free node whose loss exceeds `slack`, or that is too expensive with its parents.
Fixing fix(const Kernel& kernel, const Relaxation& relaxation, const Losses& losses, Fixed slack, State& state);

}  // namespace cascade::budget
