// One pass computes a bound: subtract the priced costs and rows from the node values, then go through the nodes
// backwards (children before parents) and add each positive gain to the parent. The best closed set holds exactly the
// nodes whose gain is positive and whose parents are chosen. Preorder makes this two linear loops over arrays, with no
// tree walk; the search does this pass more than anything else.
#include "budget/relaxation.h"

namespace cascade::budget {
namespace {

unsigned bits(std::uint64_t number) { return number == 0 ? 0 : 64U - static_cast<unsigned>(__builtin_clzll(number)); }

}  // namespace

Relaxation::Relaxation(const Kernel& kernel) : kernel_(kernel), place_(kernel.nodes, 0), limit_(kernel.limit) {
  std::uint64_t total = 0;
  for (std::int64_t v : kernel.value) total += static_cast<std::uint64_t>(v);
  std::uint64_t rows = kernel.dims + kernel.clauses.size() + kernel.clauses.items.size() + kernel.packs.size() +
                       kernel.packs.items.size() + 4ULL;
  if (kernel.cyclic) rows += most_learned(kernel);
  // Fixed point with as many binary places as fit: the sum of all values and of all priced rows must stay below 2^60.
  const unsigned taken = bits(total) + bits(rows) + 1;
  shift_ = taken >= 60 ? 0 : std::min(60 - taken, 24U);
  largest_ = (Fixed{1} << 60) / static_cast<Fixed>(rows);
  scaled_.resize(kernel.nodes);
  for (std::uint32_t u = 0; u < kernel.nodes; ++u) scaled_[u] = kernel.value[u] * scale();
  cost_.resize(kernel.dims);
  fixed_cost_.resize(kernel.dims);
  used_.resize(kernel.dims);
}

Multipliers Relaxation::zero() const {
  return {std::vector<Fixed>(kernel_.dims, 0), std::vector<Fixed>(kernel_.clauses.size(), 0),
          std::vector<Fixed>(kernel_.packs.size(), 0)};
}

// Copies the free nodes into arrays without gaps. Decided ones only add constants, so the passes get shorter as the
// search goes down. A node whose parent is decided hangs from place n, the root.
void Relaxation::load(const State& state, const Multipliers& prices) {
  node_.clear();
  up_.clear();
  value_.clear();
  for (std::uint32_t u = 0; u < kernel_.nodes; ++u) {
    if (state[u] != Status::free) continue;
    place_[u] = size();
    const std::uint32_t parent = kernel_.parent[u];
    up_.push_back(state[parent] == Status::free ? place_[parent] : none);
    node_.push_back(u);
    value_.push_back(scaled_[u]);
  }
  const std::uint32_t n = size();
  for (std::uint32_t& up : up_) up = std::min(up, n);
  for (std::uint32_t d = 0; d < kernel_.dims; ++d) {
    cost_[d].resize(n);
    const std::uint32_t* cost = kernel_.cost.data() + static_cast<std::size_t>(d) * kernel_.nodes;
    for (std::uint32_t i = 0; i < n; ++i) cost_[d][i] = cost[node_[i]];
    fixed_cost_[d] = state.used(d);
  }
  fixed_value_ = state.value() * scale();
  weight_.resize(n);
  gain_.resize(n + 1U);
  chosen_.resize(n + 1U);
  load_rows(state, prices);
}

void Relaxation::load_rows(const State& state, const Multipliers& prices) {
  const std::uint32_t n = size();
  clauses_.clear();
  packs_.clear();
  members_.clear();
  auto add_members = [&](Span<std::uint32_t> row) {
    const auto begin = static_cast<std::uint32_t>(members_.size());
    for (std::uint32_t m : row) {
      if (state[m] == Status::free) members_.push_back(place_[m]);
    }
    return begin;
  };
  for (std::uint32_t c = 0; c < kernel_.clauses.size(); ++c) {
    const std::uint32_t head = kernel_.clause_head[c];
    if (state.satisfied(c) || state[head] == Status::out) continue;
    // Learned clauses are implied by the others; without a price they would cost time and change no bound.
    if (kernel_.kind[c] == ClauseKind::learned && prices.clause[c] == 0) continue;
    const std::uint32_t begin = add_members(kernel_.clauses[c]);
    const auto end = static_cast<std::uint32_t>(members_.size());
    clauses_.push_back({c, state[head] == Status::in ? n : place_[head], begin, end, 0, 0});
  }
  for (std::uint32_t p = 0; p < kernel_.packs.size(); ++p) {
    const std::uint32_t begin = add_members(kernel_.packs[p]);
    const auto end = static_cast<std::uint32_t>(members_.size());
    if (end - begin > 1) {
      packs_.push_back({p, n, begin, end, 0, 0});
    } else {
      members_.resize(begin);
    }
  }
}

// The pass of the header: O(free nodes * priced dimensions + members of priced rows).
void Relaxation::evaluate(const Multipliers& multipliers) {
  price_ = multipliers.dim;
  const std::uint32_t n = size();
  std::copy(value_.begin(), value_.end(), weight_.begin());
  total_ = fixed_value_;
  for (std::uint32_t d = 0; d < kernel_.dims; ++d) {
    const Fixed price = multipliers.dim[d];
    if (price == 0) continue;
    total_ -= price * fixed_cost_[d];
    const Fixed* cost = cost_[d].data();
    for (std::uint32_t i = 0; i < n; ++i) weight_[i] -= price * cost[i];
  }
  for (Row& row : clauses_) {
    const Fixed price = row.price = multipliers.clause[row.row];
    if (price == 0) continue;
    (row.head == n ? total_ : weight_[row.head]) -= price;
    for (std::uint32_t m = row.begin; m < row.end; ++m) weight_[members_[m]] += price;
  }
  for (Row& row : packs_) {
    const Fixed price = row.price = multipliers.pack[row.row];
    if (price == 0) continue;
    total_ += price;
    for (std::uint32_t m = row.begin; m < row.end; ++m) weight_[members_[m]] -= price;
  }
  std::copy(weight_.begin(), weight_.end(), gain_.begin());
  gain_[n] = 0;
  for (std::uint32_t i = n; i-- > 0;) gain_[up_[i]] += std::max<Fixed>(gain_[i], 0);
  total_ += gain_[n];
}

std::int64_t Relaxation::bound() const noexcept {
  Fixed bound = total_;
  for (std::uint32_t d = 0; d < kernel_.dims; ++d) bound += price_[d] * limit_[d];
  return bound >> shift_;
}

Fixed Relaxation::Slack::most() const noexcept {
  return std::max(std::max(more, fewer_tokens), std::max(fewer_chars, earlier));
}

// How far the bound exceeds what each way to win would need: a higher value, or an equal value with fewer tokens, then
// fewer characters, then an earlier sequence. A node is cut off when all four are negative.
Relaxation::Slack Relaxation::slack(const Goal& goal) const {
  const std::vector<Fixed>& price = price_;
  Fixed slots = total_;
  for (std::uint32_t d = slot_dim; d < kernel_.dims; ++d) slots += price[d] * limit_[d];
  const Fixed enough = std::min(goal.enough, largest_value());
  const Fixed tokens = price[token_dim], chars = price[char_dim];
  const Fixed more = slots + tokens * limit_[token_dim] + chars * limit_[char_dim] - enough * scale();
  if (!goal.ties) return {more, -1, -1, -1};
  const Fixed equal = slots - goal.value * scale();
  return {more, equal + tokens * (goal.tokens - 1) + chars * limit_[char_dim],
          equal + tokens * goal.tokens + chars * (goal.chars - 1), equal + tokens * goal.tokens + chars * goal.chars};
}

void Relaxation::select() {
  const std::uint32_t n = size();
  chosen_[n] = 1;
  for (std::uint32_t i = 0; i < n; ++i)
    chosen_[i] = static_cast<std::uint8_t>(chosen_[up_[i]] & (gain_[i] > 0 ? 1 : 0));
  tally();
}

void Relaxation::adopt(const std::vector<std::uint8_t>& chosen) {
  std::copy(chosen.begin(), chosen.end(), chosen_.begin());
  tally();
}

void Relaxation::tally() {
  const std::uint32_t n = size();
  for (std::uint32_t d = 0; d < kernel_.dims; ++d) {
    Fixed used = fixed_cost_[d];
    const Fixed* cost = cost_[d].data();
    for (std::uint32_t i = 0; i < n; ++i) used += chosen_[i] != 0 ? cost[i] : 0;
    used_[d] = used;
  }
  for (Row& row : clauses_) {
    row.excess = chosen_[row.head];
    if (row.excess == 0 && row.price == 0) continue;  // how far the row holds matters only to a price
    for (std::uint32_t m = row.begin; m < row.end; ++m) row.excess -= chosen_[members_[m]];
  }
  for (Row& row : packs_) {
    row.excess = -1;
    for (std::uint32_t m = row.begin; m < row.end; ++m) row.excess += chosen_[members_[m]];
  }
}

}  // namespace cascade::budget
