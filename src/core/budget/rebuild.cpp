// Large neighbourhood search: keeps a fixed pseudo-random share of the incumbent's groups, drops the rest, and dives
// from there; repeats with other shares. The kept part leaves the bound fewer choices, so the dive is surer of them.
// Which groups are kept follows from a hash of group and round, so the result is the same on every machine.
#include "budget/rebuild.h"

#include "budget/dive.h"

namespace cascade::budget {
namespace {

constexpr std::uint32_t rounds_a_series = 24, fineness = 8;
constexpr std::uint64_t first_share = 600;  // share of the groups kept, in thousandths

// Takes in the groups of the incumbent that this round keeps, with the texts it shows of them.
void keep_some(const Kernel& kernel, const Incumbent& incumbent, std::uint64_t round, std::uint64_t share,
               State& state) {
  const Selection& best = incumbent.selection();
  const auto keep = [&](std::uint32_t node) {
    if (node == none || state[node] != Status::free) return;
    const std::size_t mark = state.mark();
    if (!state.decide(node, Status::in)) state.undo(mark);
  };
  for (std::uint32_t g = 0; g < best.open.size(); ++g) {
    const std::uint64_t mixed = (std::uint64_t{g} * 64 + round) * 0x9E3779B97F4A7C15ULL;
    if (best.open[g] == 0 || (mixed >> 40U) % 1'000 >= share) continue;
    keep(kernel.node_of_group[g]);
    for (const std::uint32_t k : incumbent.model().items[g])
      if (best.taken[k] != 0) keep(kernel.node_of_content[k]);
  }
}

}  // namespace

bool is_far_off(const Incumbent& incumbent, std::int64_t bound) {
  return !incumbent.exists() || bound - incumbent.value() > bound / 100;
}

void rebuild(const Kernel& kernel, const Multipliers& prices, const Pricing::Shares& shares, std::uint32_t gap_ppm,
             std::int64_t bound, std::uint32_t series, Incumbent& incumbent) {
  if (!incumbent.exists()) return;
  State state(kernel);
  if (!state.start()) return;
  const std::size_t start = state.mark();
  Relaxation relaxation(kernel);
  std::uint64_t share = first_share;
  for (std::uint32_t round = 1; round <= rounds_a_series && is_far_off(incumbent, bound); ++round) {
    if (incumbent.effort().is_over()) return;
    const std::int64_t before = incumbent.value();
    keep_some(kernel, incumbent, std::uint64_t{series} * 64 + round, share, state);
    relaxation.load(state, prices);
    dive(kernel, relaxation, prices, shares, gap_ppm, state, incumbent, fineness);
    state.undo(start);
    if (incumbent.value() == before) share = share * 9 / 10;
  }
}

}  // namespace cascade::budget
