// Solves a node by a table if the rest is a plain tree under one budget, or nearly so.
#include "budget/node.h"

#include "budget/offers.h"

#include <algorithm>
#include <vector>

namespace cascade::budget {
namespace {

constexpr std::int64_t most_cells = 200'000'000;  // 50 MB of marks
constexpr std::uint64_t looks_per_cell = 4;       // how many cells cost as much as one look (Effort)
constexpr std::size_t most_states = 1'000'000;

unsigned bits(std::uint64_t number) { return number == 0 ? 0 : 64U - static_cast<unsigned>(__builtin_clzll(number)); }

std::int64_t sum(const std::vector<Fixed>& numbers) {
  std::int64_t total = 0;
  for (Fixed n : numbers) total += n;
  return total;
}

}  // namespace

// Tables may take as much work as everything else so far; closing a node credits them twice.
Node::Told Node::use_table(const Goal& goal) {
  const Relaxation& r = relaxation_;
  std::uint32_t dim = none, binding = 0;
  std::int64_t cells = 0;
  for (std::uint32_t d = 0; d < kernel_.dims; ++d) {
    const std::int64_t room = kernel_.limit[d] - r.fixed_cost(d);
    if (sum(r.cost_[d]) <= room) continue;
    ++binding;
    if (dim != none && (room + 1) * r.size() >= cells) continue;
    dim = d;
    cells = (room + 1) * r.size();
  }
  if (dim == none || cells > most_cells || cells > cells_allowed_ + static_cast<std::int64_t>(bounded_ * table_share))
    return Told::nothing;
  cells_allowed_ -= cells;
  work_ += static_cast<std::uint64_t>(cells);
  incumbent_.effort().spend(static_cast<std::uint64_t>(cells) / looks_per_cell);
  const std::int64_t room = kernel_.limit[dim] - r.fixed_cost(dim);
  const bool plain = binding == 1 && r.clauses_.empty() && r.packs_.empty() && !incumbent_.model().ordered;
  Told told = plain ? solve_by_table(dim, room) : Told::nothing;
  if (told == Told::nothing) told = bound_by_table(dim, room, goal);
  if (told == Told::closed) cells_allowed_ += 2 * cells;
  return told;
}

// Combines value, tokens and chars in one number and finds the best completion of this node exactly.
Node::Told Node::solve_by_table(std::uint32_t dim, std::int64_t room) {
  const Relaxation& r = relaxation_;
  std::uint64_t value = 0;
  for (std::uint32_t node : r.node_) value += static_cast<std::uint64_t>(kernel_.value[node]);
  const std::int64_t tokens = sum(r.cost_[token_dim]) + 1, chars = sum(r.cost_[char_dim]) + 1;
  if (bits(value) + bits(static_cast<std::uint64_t>(tokens)) + bits(static_cast<std::uint64_t>(chars)) > 60)
    return Told::nothing;
  std::vector<Fixed> profit(r.size());
  for (std::uint32_t i = 0; i < r.size(); ++i)
    profit[i] = (kernel_.value[r.node_[i]] * tokens - r.cost_[token_dim][i]) * chars - r.cost_[char_dim][i];
  table_.build(r.up_, r.cost_[dim], profit, room);
  std::int64_t best = 0;
  bool unique = true;
  for (std::int64_t b = 1; b <= room; ++b) {
    if (table_.best(b) < table_.best(best)) continue;
    unique = table_.best(b) > table_.best(best);
    if (unique) best = b;
  }
  relaxation_.adopt(table_.trace(best));
  offer_relaxed(kernel_, relaxation_, state_, incumbent_);
  std::int64_t reached = state_.value();
  for (std::uint32_t i = 0; i < r.size(); ++i) reached += r.chosen_[i] != 0 ? kernel_.value[r.node_[i]] : 0;
  upper_ = std::min(upper_, reached);
  const Goal goal = incumbent_.goal(gap_ppm_);
  if (reached < goal.enough && (!goal.ties || reached < goal.value)) return Told::closed;
  if (!goal.ties || reached > goal.value) return Told::nothing;  // the completion was not valid after all
  if (r.used_[token_dim] > goal.tokens) return Told::closed;
  if (r.used_[token_dim] == goal.tokens && r.used_[char_dim] > goal.chars) return Told::closed;
  const bool equal = r.used_[token_dim] == goal.tokens && r.used_[char_dim] == goal.chars;
  return equal && unique ? compare_equals(best) : Told::nothing;
}

// The best completions equal the incumbent, so only their canonical order is open. Decides what all of them share.
Node::Told Node::compare_equals(std::int64_t amount) {
  const Relaxation& r = relaxation_;
  const std::vector<std::uint8_t> span = table_.span(amount, most_states);
  if (span.empty()) return Told::nothing;
  bool open = false, decided = false;
  for (std::uint32_t i = 0; i < r.size(); ++i) {
    open = open || span[i] == 3;
    if (span[i] == 3) continue;
    decided = true;
    if (!state_.decide(r.node_[i], span[i] == 1 ? Status::in : Status::out)) return Told::closed;
  }
  if (!open) return Told::closed;
  return decided ? Told::decided : Told::nothing;
}

// Keeps one budget exactly and prices everything else.
Node::Told Node::bound_by_table(std::uint32_t dim, std::int64_t room, const Goal& goal) {
  const Relaxation& r = relaxation_;
  const Fixed price = r.price(dim);
  std::vector<Fixed> profit(r.size());
  for (std::uint32_t i = 0; i < r.size(); ++i) profit[i] = r.weight_[i] + price * r.cost_[dim][i];
  table_.build(r.up_, r.cost_[dim], profit, room);
  Fixed rest = r.constant() + price * r.fixed_cost(dim);  // with every other dimension at its limit
  for (std::uint32_t d = 0; d < kernel_.dims; ++d) rest += d == dim ? 0 : r.price(d) * kernel_.limit[d];
  std::int64_t best = 0;
  for (std::int64_t b = 1; b <= room; ++b) {
    if (table_.best(b) > table_.best(best)) best = b;
  }
  const Fixed bound = rest + table_.best(best);
  upper_ = std::min(upper_, bound >> r.shift_);
  Fixed slack = bound - std::min(goal.enough, r.largest_value()) * r.scale();
  if (goal.ties) {
    // An equal value helps only with no more tokens than the incumbent's.
    const bool of_tokens = dim == token_dim;
    const Fixed spare = of_tokens ? 0 : r.price(token_dim) * (kernel_.limit[token_dim] - goal.tokens);
    const std::int64_t most = of_tokens ? std::min(room, goal.tokens - r.fixed_cost(dim)) : room;
    for (std::int64_t b = 0; b <= most; ++b)
      slack = std::max(slack, rest - spare + table_.best(b) - goal.value * r.scale());
  }
  if (slack < 0) return Told::closed;
  relaxation_.adopt(table_.trace(best));
  offer_relaxed(kernel_, relaxation_, state_, incumbent_);
  return Told::nothing;
}

}  // namespace cascade::budget
