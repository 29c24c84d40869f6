// What the bound decides: nodes whose other way is not worth looking at.
#pragma once

#include "budget/relaxation.h"
#include "budget/state.h"

namespace cascade::budget {

// What each free node loses the bound when its status is turned round, from the relaxation's last pass and selection:
// taken in together with its parents, or left out.
struct Losses {
  std::vector<Fixed> turned;
};
void find_losses(const Relaxation& relaxation, Losses& losses);

enum class Fixing : std::uint8_t { nothing, something, contradiction };
// Decides every free node that loses more than `slack`, or that cannot be paid with its parents.
Fixing fix(const Kernel& kernel, const Relaxation& relaxation, const Losses& losses, Fixed slack, State& state);

}  // namespace cascade::budget
