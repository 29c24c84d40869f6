// A knapsack over a tree, by amounts: for each node in preorder and each amount, whether taking it or skipping it with
// its whole subtree gives the best. Both answers are kept as bits, since ties matter: the search must know whether a
// node is in every best selection, or in none. Rows of values are dropped as soon as nothing below needs them, so
// memory is bits for nodes * amounts and values for the depth.
#include "budget/table.h"

#include <algorithm>
#include <utility>

namespace cascade::budget {

// into[b] = max(skipped[b], taken[b - cost] + profit) for amounts up to `most`, and records which of the two gives it.
// `into` may be the same as `skipped` and `taken`: amounts are filled from above. Below its cost a node can only be
// skipped.
void Table::fill_row(std::uint32_t node, const Fixed* skipped, const Fixed* taken, Fixed* into, std::int64_t most) {
  const std::int64_t cost = cost_[node];
  const Fixed profit = profit_[node];
  std::uint64_t* take = take_.data() + node * words_;
  std::uint64_t* skip = skip_.data() + node * words_;
  for (std::size_t word = static_cast<std::size_t>(most) / 64 + 1; word-- > 0;) {
    const std::int64_t low = static_cast<std::int64_t>(word) * 64, high = std::min<std::int64_t>(low + 63, most);
    const std::int64_t paid = std::clamp(cost, low, high + 1);  // from here on it can be taken
    std::uint64_t takes = 0, skips = paid - low == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << (paid - low)) - 1;
    for (std::int64_t b = high; b >= paid; --b) {
      const Fixed without = skipped[b], with = taken[b - cost] + profit;
      const std::uint64_t mark = std::uint64_t{1} << (b - low);
      takes |= with >= without ? mark : 0;
      skips |= without >= with ? mark : 0;
      into[b] = std::max(with, without);
    }
    if (into != skipped) std::copy(skipped + low, skipped + paid, into + low);
    take[word] = takes;
    skip[word] = skips;
  }
}

void Table::build(const std::vector<std::uint32_t>& up, const std::vector<Fixed>& cost,
                  const std::vector<Fixed>& profit, std::int64_t room) {
  const auto n = static_cast<std::uint32_t>(up.size());
  room_ = room;
  words_ = static_cast<std::size_t>(room) / 64 + 1;
  cost_ = cost;
  profit_ = profit;
  take_.assign(n * words_, 0);
  skip_.assign(n * words_, 0);
  next_.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) next_[i] = i + 1;
  for (std::uint32_t i = n; i-- > 0;) {
    if (up[i] < n) next_[up[i]] = std::max(next_[up[i]], next_[i]);
  }
  const std::size_t width = static_cast<std::size_t>(room) + 1;
  best_.assign(width, unreachable);
  best_[0] = 0;
  // Rows that are still needed further up: for each subtree being filled, the row of what follows it. No row goes
  // beyond the total cost of the nodes from it on; greater amounts stay unreachable.
  std::vector<std::pair<std::uint32_t, std::vector<Fixed>>> behind;
  std::int64_t most = 0;
  std::vector<std::uint32_t> inner(n + 1U, 0);  // the number of nodes with children whose subtree ends at a node
  for (std::uint32_t i = 0; i < n; ++i) inner[next_[i]] += next_[i] > i + 1 ? 1 : 0;
  for (std::uint32_t i = n; i-- > 0;) {
    most = std::min(room, most + cost[i]);
    if (inner[i + 1] > 0 && (behind.empty() || behind.back().first != i + 1)) behind.emplace_back(i + 1, best_);
    if (next_[i] == i + 1) {
      fill_row(i, best_.data(), best_.data(), best_.data(), most);
      continue;
    }
    fill_row(i, behind.back().second.data(), best_.data(), best_.data(), most);
    if (--inner[next_[i]] == 0) behind.pop_back();
  }
}

std::vector<std::uint8_t> Table::trace(std::int64_t amount) const {
  std::vector<std::uint8_t> chosen(next_.size(), 0);
  for (std::uint32_t i = 0; i < next_.size();) {
    if (can_skip(i, amount)) {
      i = next_[i];
      continue;
    }
    chosen[i] = 1;
    amount -= cost_[i];
    ++i;
  }
  return chosen;
}

// Walks all best selections at once, as sets of amounts left before each node. Empty when there are more states than
// allowed.
std::vector<std::uint8_t> Table::span(std::int64_t amount, std::size_t most_states) const {
  const auto n = static_cast<std::uint32_t>(next_.size());
  std::vector<std::uint8_t> seen(n, 0);
  // States in the order of their nodes; those of one node are sorted and made unique when its turn comes.
  std::vector<std::vector<std::int64_t>> amounts(n + 1U);
  std::vector<std::uint32_t> covered(n + 1U, 0);  // nodes skipped with a subtree: a range per skip
  amounts[0] = {amount};
  std::size_t states = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    std::vector<std::int64_t>& here = amounts[i];
    std::sort(here.begin(), here.end());
    here.erase(std::unique(here.begin(), here.end()), here.end());
    states += here.size();
    if (states > most_states) return {};
    for (std::int64_t b : here) {
      if (can_take(i, b)) {
        seen[i] |= 1;
        amounts[i + 1].push_back(b - cost_[i]);
      }
      if (can_skip(i, b)) {
        covered[i] = std::max(covered[i], next_[i]);
        amounts[next_[i]].push_back(b);
      }
    }
    std::vector<std::int64_t>().swap(here);
  }
  std::uint32_t until = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    until = std::max(until, covered[i]);
    if (i < until) seen[i] |= 2;
  }
  return seen;
}

}  // namespace cascade::budget
