// A relaxed selection that breaks no limit and no row is a valid answer as it stands and is offered without changes.
// Otherwise it is rounded (rounding.h): first with any way into a node, and where cycles then hold only themselves,
// once more with ways that lead from the root alone. The state is as before afterwards, whatever happens.
#include "budget/offers.h"

#include "budget/cycles.h"
#include "budget/rounding.h"

#include <algorithm>

namespace cascade::budget {

bool all_reached(const Kernel& kernel, const State& state) {
  std::vector<std::uint8_t> in(kernel.nodes);
  for (std::uint32_t u = 0; u < kernel.nodes; ++u) in[u] = state[u] == Status::in ? 1 : 0;
  return find_unreached(kernel, in).empty();
}

void offer_relaxed(const Kernel& kernel, const Relaxation& relaxation, State& state, Incumbent& incumbent) {
  for (std::uint32_t d = 0; d < kernel.dims; ++d) {
    if (relaxation.used_[d] > kernel.limit[d]) return;
  }
  auto fails = [](const Relaxation::Row& row) { return row.excess > 0; };
  if (std::any_of(relaxation.clauses_.begin(), relaxation.clauses_.end(), fails)) return;
  if (std::any_of(relaxation.packs_.begin(), relaxation.packs_.end(), fails)) return;
  const std::size_t mark = state.mark();
  bool good = true;
  for (std::uint32_t i = 0; i < relaxation.size() && good; ++i) {
    if (relaxation.chosen_[i] != 0) good = state.decide(relaxation.node_[i], Status::in);
  }
  if (good) incumbent.offer(kernel, state);
  state.undo(mark);
}

void offer_rounded(const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices, State& state,
                   Incumbent& incumbent) {
  if (!incumbent.effort().may_build()) return;
  incumbent.effort().spend(relaxation.looks());
  const std::size_t mark = state.mark();
  bool good = round_up(incumbent.model(), kernel, relaxation, prices, Ways::any, state, incumbent.effort());
  if (kernel.cyclic && !(good && all_reached(kernel, state))) {
    state.undo(mark);
    good = round_up(incumbent.model(), kernel, relaxation, prices, Ways::forward, state, incumbent.effort());
  }
  if (good) incumbent.offer(kernel, state);
  state.undo(mark);
}

std::vector<std::uint8_t> chosen_nodes(const Relaxation& relaxation, const State& state) {
  std::vector<std::uint8_t> chosen(relaxation.kernel_.nodes, 0);
  for (std::uint32_t u = 0; u < chosen.size(); ++u) chosen[u] = state[u] == Status::in ? 1 : 0;
  for (std::uint32_t i = 0; i < relaxation.size(); ++i) {
    if (relaxation.chosen_[i] != 0) chosen[relaxation.node_[i]] = 1;
  }
  return chosen;
}

}  // namespace cascade::budget
