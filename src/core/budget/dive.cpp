// Goes straight down the search tree without branching: lowers the bound with a few passes of new prices, takes in the
// nodes that the bound is surest of, many at a time, and repeats until nothing is free. Each step offers what it
// finds. If a step contradicts itself, fewer of its nodes are tried, then fewer of an earlier step, a limited number
// of times. A dive costs a few bounds and gives good answers early, which the search needs to close other nodes.
#include "budget/dive.h"

#include "budget/fixing.h"
#include "budget/offers.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace cascade::budget {
namespace {

constexpr std::uint32_t steps_a_part = 10, passes = 8, most_retries = 12;

// Returns the chosen free nodes that are likeliest to stay chosen, parents before children; one in `part`, at least
// one.
std::vector<std::uint32_t> surest(const Relaxation& relaxation, const Pricing::Shares& shares, std::uint32_t part) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < relaxation.size(); ++i) {
    if (relaxation.chosen_[i] != 0) order.push_back(i);
  }
  Losses losses;
  find_losses(relaxation, losses);
  auto key = [&](std::uint32_t i) { return std::make_tuple(-int{shares[relaxation.node_[i]]}, -losses.turned[i], i); };
  const std::size_t count = (order.size() + part - 1) / part;
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  order.resize(count);
  for (std::uint32_t& i : order) i = relaxation.node_[i];
  return order;
}

class Dive {
 public:
  Dive(const Kernel& kernel, Relaxation& relaxation, Multipliers prices, Pricing::Shares shares, std::uint32_t gap_ppm,
       State& state, Incumbent& incumbent, std::uint32_t part)
      : kernel_(kernel),
        relaxation_(relaxation),
        prices_(std::move(prices)),
        shares_(std::move(shares)),
        gap_ppm_(gap_ppm),
        state_(state),
        incumbent_(incumbent),
        part_(part) {}

  void run() {
    const std::size_t start = state_.mark();
    const std::uint32_t steps = std::min(steps_a_part * part_, 8 + 4'000'000 / kernel_.nodes);
    for (std::uint32_t step = 0; step < steps && !incumbent_.effort().is_over() && look(step); ++step) {
      if (!descend()) break;
    }
    state_.undo(start);
  }

 private:
  struct Step {
    std::size_t mark;
    std::vector<std::uint32_t> nodes;  // to take in, surest first
  };

  // Bounds the rest and offers the selections it shows. False: nothing is left to decide, or nothing better is
  // possible.
  bool look(std::uint32_t step) {
    relaxation_.load(state_, prices_);
    incumbent_.effort().spend(passes * relaxation_.looks());
    Pricing pricing(relaxation_, prices_, shares_);
    Goal goal = incumbent_.goal(gap_ppm_);
    goal.ties = false;
    pricing.restart(goal);
    pricing.tune_budgets(goal);
    pricing.descend(goal, passes);
    prices_ = pricing.prices();
    offer_relaxed(kernel_, relaxation_, state_, incumbent_);
    steps_.push_back({state_.mark(), surest(relaxation_, shares_, part_)});
    const bool last = pricing.slack() < 0 || steps_.back().nodes.empty();
    if (step % 4 == 3 || last) offer_rounded(kernel_, relaxation_, prices_, state_, incumbent_);
    return !last;
  }

  // Takes in the next nodes; if that fails, fewer of them, or fewer of an earlier step's.
  bool descend() {
    while (!steps_.empty()) {
      if (take(steps_.back().nodes)) return true;
      if (retries_++ == most_retries) return false;
      steps_.pop_back();
      if (steps_.empty()) return false;
      state_.undo(steps_.back().mark);
      steps_.back().nodes.resize(steps_.back().nodes.size() / 4);
    }
    return false;
  }

  // Takes the first nodes first. A node that contradicts the ones before it goes out, and the rest wait for the next
  // step; if it cannot go out either, only half of the ones before it are taken. False: not even one can be taken.
  bool take(std::vector<std::uint32_t>& nodes) {
    const std::size_t before = state_.mark();
    for (std::size_t count = nodes.size(); count > 0; count /= 2) {
      nodes.resize(count);
      bool stuck = false;
      for (std::size_t i = 0; i < count && !stuck; ++i) {
        if (state_[nodes[i]] != Status::free) continue;
        const std::size_t mark = state_.mark();
        if (state_.decide(nodes[i], Status::in)) continue;
        state_.undo(mark);
        if (state_.decide(nodes[i], Status::out)) return true;
        stuck = true;
        count = i;
      }
      if (!stuck) return true;
      state_.undo(before);
    }
    return false;
  }

  const Kernel& kernel_;
  Relaxation& relaxation_;
  Multipliers prices_;
  Pricing::Shares shares_;
  std::uint32_t gap_ppm_;
  State& state_;
  Incumbent& incumbent_;
  std::uint32_t part_;
  std::vector<Step> steps_;
  std::uint32_t retries_ = 0;
};

}  // namespace

void dive(const Kernel& kernel, Relaxation& relaxation, Multipliers prices, Pricing::Shares shares,
          std::uint32_t gap_ppm, State& state, Incumbent& incumbent, std::uint32_t part) {
  Dive(kernel, relaxation, std::move(prices), std::move(shares), gap_ppm, state, incumbent, part).run();
}

}  // namespace cascade::budget
