#include "budget/fixing.h"

#include <algorithm>
#include <vector>

namespace cascade::budget {

void find_losses(const Relaxation& relaxation, Losses& losses) {
  const std::uint32_t n = relaxation.size();
  losses.turned.resize(n + 1U);
  // For a chosen node: the least gain on the way up, because the bound may drop a parent with it. Node n is never
  // dropped. For any other node: the negative gains on the way up, because all of these must be taken in.
  std::vector<Fixed>& turned = losses.turned;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t up = relaxation.up_[i];
    const Fixed gain = relaxation.gain_[i];
    if (relaxation.chosen_[i] != 0) {
      turned[i] = up == n ? gain : std::min(turned[up], gain);
    } else {
      const Fixed above = up == n || relaxation.chosen_[up] != 0 ? 0 : turned[up];
      turned[i] = above + std::max<Fixed>(-gain, 0);
    }
  }
}

Fixing fix(const Kernel& kernel, const Relaxation& relaxation, const Losses& losses, Fixed slack, State& state) {
  const std::uint32_t n = relaxation.size();
  const std::size_t mark = state.mark();
  std::vector<std::vector<std::int64_t>> path(kernel.dims, std::vector<std::int64_t>(n + 1U, 0));
  std::vector<std::uint8_t> too_dear(n, 0);
  for (std::uint32_t d = 0; d < kernel.dims; ++d) {
    const std::int64_t room = kernel.limit[d] - state.used(d);
    for (std::uint32_t i = 0; i < n; ++i) {
      path[d][i] = path[d][relaxation.up_[i]] + relaxation.cost_[d][i];
      if (path[d][i] > room) too_dear[i] = 1;
    }
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t node = relaxation.node_[i];
    const bool decided = losses.turned[i] > slack;
    if (!decided && too_dear[i] == 0) continue;
    const Status status = too_dear[i] == 0 && relaxation.chosen_[i] != 0 ? Status::in : Status::out;
    if (!state.decide(node, status)) return Fixing::contradiction;
  }
  return state.mark() == mark ? Fixing::nothing : Fixing::something;
}

}  // namespace cascade::budget
