#include "budget/rounding.h"

#include "budget/cycles.h"
#include "budget/parts.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cascade::budget {
namespace {

class Rounding {
 public:
  Rounding(const Model& model, const Kernel& kernel, const Relaxation& relaxation, State& state)
      : model_(model), kernel_(kernel), relaxation_(relaxation), state_(state) {}

  bool run(const Multipliers& prices, Ways ways) {
    rank(prices);
    if (ways == Ways::forward) {
      std::vector<std::uint8_t> possible(kernel_.nodes);
      for (std::uint32_t u = 0; u < kernel_.nodes; ++u) possible[u] = state_[u] != Status::out ? 1 : 0;
      reach_ = reach_order(kernel_, possible);
    }
    if (!settle(0)) return false;
    for (std::uint32_t i : order_) {
      const std::uint32_t node = relaxation_.node_[i];
      if (state_[node] != Status::free) continue;
      if (key_[i] < 0 && kernel_.value[node] == 0) continue;
      const std::size_t mark = state_.mark();
      if (!state_.decide(node, Status::in) || !settle(mark) || !parts_hold(model_, kernel_, state_, Sequence::taken))
        state_.undo(mark);
    }
    return true;
  }

 private:
  // A node's key is its gain per priced cost of what it would bring, and never above its parent's.
  void rank(const Multipliers& prices) {
    const std::uint32_t n = relaxation_.size();
    std::vector<Fixed> weight(n + 1U, 0);
    for (std::uint32_t d = 0; d < kernel_.dims; ++d) {
      if (prices.dim[d] == 0) continue;
      for (std::uint32_t i = 0; i < n; ++i) weight[i] += prices.dim[d] * relaxation_.cost_[d][i];
    }
    for (std::uint32_t i = n; i-- > 0;) {
      if (relaxation_.gain_[i] > 0) weight[relaxation_.up_[i]] += weight[i];
    }
    key_.resize(n + 1U);
    key_[n] = relaxation_.largest();
    for (std::uint32_t i = 0; i < n; ++i)
      key_[i] = std::min(key_[relaxation_.up_[i]], relaxation_.gain_[i] / ((weight[i] >> 16) + 1));
    order_.resize(n);
    for (std::uint32_t i = 0; i < n; ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return key_[a] != key_[b] ? key_[a] > key_[b] : a < b; });
    place_.assign(kernel_.nodes, none);
    for (std::uint32_t i = 0; i < n; ++i) place_[relaxation_.node_[i]] = i;
  }

  // Answers the clauses that nodes taken in since `mark` leave open, by the member of the greatest gain that can be
  // had.
  bool settle(std::size_t mark) {
    for (std::size_t at = mark; at < state_.trail().size(); ++at) {
      const std::uint32_t node = state_.trail()[at];
      if (state_[node] != Status::in) continue;
      for (std::uint32_t clause : kernel_.headed[node]) {
        if (is_open(clause) && !answer(clause)) return false;
      }
    }
    return true;
  }

  // Ways::forward: a way in counts only if it can be reached before its head.
  bool comes_before(std::uint32_t member, std::uint32_t clause) const {
    return reach_.empty() || kernel_.kind[clause] != ClauseKind::entry ||
           reach_[member] < reach_[kernel_.clause_head[clause]];
  }

  bool is_open(std::uint32_t clause) const {
    if (state_.pending(clause)) return true;
    if (reach_.empty() || kernel_.kind[clause] != ClauseKind::entry) return false;
    const Span<std::uint32_t> members = kernel_.clauses[clause];
    return std::none_of(members.begin(), members.end(),
                        [&](std::uint32_t m) { return state_[m] == Status::in && comes_before(m, clause); });
  }

  bool answer(std::uint32_t clause) {
    std::vector<std::pair<Fixed, std::uint32_t>> members;
    for (std::uint32_t m : kernel_.clauses[clause]) {
      if (state_[m] == Status::free && place_[m] != none && comes_before(m, clause))
        members.emplace_back(-relaxation_.gain_[place_[m]], m);
    }
    std::sort(members.begin(), members.end());
    const std::size_t mark = state_.mark();
    for (const auto& [loss, member] : members) {
      if (state_.decide(member, Status::in)) return true;
      state_.undo(mark);
    }
    return false;
  }

  const Model& model_;
  const Kernel& kernel_;
  const Relaxation& relaxation_;
  State& state_;
  std::vector<Fixed> key_;
  std::vector<std::uint32_t> order_, place_;
  std::vector<std::uint32_t> reach_;  // reach_order() of what is not out; empty for Ways::any
};

}  // namespace

bool round_up(const Model& model, const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices,
              Ways ways, State& state) {
  return Rounding(model, kernel, relaxation, state).run(prices, ways);
}

}  // namespace cascade::budget
