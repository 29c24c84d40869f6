// Bounds one node of the search tree in rounds: (1) decide what reachability and parts force; (2) lower the bound by
// pricing; (3) offer the relaxed selection as it is, now and then rounded; (4) stop if nothing better can be here; (5)
// solve exactly by a table if the rest is nearly a plain tree; (6) learn clauses against cycles; (7) decide every node
// that the bound decides. A round that decided much is repeated, because each step then does more. Cheap checks come
// first: most nodes close in steps 1 to 4.
#include "budget/node.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "budget/kernel.h"
#include "text/names.h"

namespace cascade::budget {

Node::Node(Root root, Incumbent& incumbent, std::uint32_t gap_ppm)
    : kernel_(std::move(root.kernel)),
      incumbent_(incumbent),
      gap_ppm_(gap_ppm),
      state_(kernel_),
      relaxation_(kernel_),
      prices_(std::move(root.prices)),
      shares_(std::move(root.shares)),
      upper_(root.bound) {}

// Checks that every node that is in can still be reached, and decides a single way that is left. False: one cannot.
bool Node::close_cycles() {
  if (!kernel_.cyclic) return true;
  std::vector<std::uint8_t> in(kernel_.nodes);
  while (true) {
    for (std::uint32_t u = 0; u < kernel_.nodes; ++u) in[u] = state_[u] == Status::in ? 1 : 0;
    const std::vector<std::uint32_t> unreached = find_unreached(kernel_, in);
    if (unreached.empty()) return true;
    const std::vector<std::uint32_t> ways = ways_in(kernel_, unreached, state_.all());
    if (ways.empty()) return false;
    if (ways.size() > 1) return true;
    if (!state_.decide(ways[0], Status::in)) return false;
  }
}

// Learns clauses against the nodes that the relaxed selection leaves unreachable. They hold everywhere and are kept; a
// known one gets a price again.
Node::Learned Node::learn() {
  if (!kernel_.cyclic) return Learned::nothing;
  const std::vector<Status> undecided(kernel_.nodes, Status::free);
  bool fresh = false, revived = false;
  for (const Cut& cut : find_cuts(kernel_, chosen_nodes(relaxation_, state_), undecided)) {
    const std::uint32_t known = known_clause(kernel_, cut);
    if (known != none) {
      revived = revived || prices_.clause[known] == 0;
      prices_.clause[known] = std::max<Fixed>(prices_.clause[known], 1);
      continue;
    }
    if (learned_ + cut.members.size() + 1 > most_learned(kernel_)) continue;
    fresh = true;
    learned_ += cut.members.size() + 1;
    kernel_.clause_head.push_back(cut.head);
    kernel_.kind.push_back(ClauseKind::learned);
    kernel_.clauses.items.insert(kernel_.clauses.items.end(), cut.members.begin(), cut.members.end());
    kernel_.clauses.end_row();
    prices_.clause.push_back(1);
  }
  if (!fresh) return revived ? Learned::something : Learned::nothing;
  index_rows(kernel_);
  return state_.learn_clauses() ? Learned::something : Learned::contradiction;
}

// True: nothing that agrees with the state can be better than the incumbent.
bool Node::is_settled(const Goal& goal) {
  const Relaxation::Slack slack = relaxation_.slack(goal);
  if (slack.most() < 0) return true;
  earlier_only_ = std::max({slack.more, slack.fewer_tokens, slack.fewer_chars}) < 0;
  return relaxation_.size() == 0 || (earlier_only_ && !incumbent_.may_be_earlier(kernel_, state_));
}

Node::Verdict Node::bound(std::uint32_t passes) {
  if (bounded_ > 0) work_ += cells_per_node * (1 + (kernel_.nodes + learned_) / 256);
  const bool round_too = bounded_++ % 64 == 0;
  constexpr std::uint32_t most_learning = 4, most_rounds = 10;
  for (std::uint32_t round = 0;; ++round) {
    if (!close_cycles() || !parts_hold(incumbent_.model(), kernel_, state_, Sequence::certain)) return Verdict::closed;
    prices_.clause.resize(kernel_.clauses.size(), 0);
    relaxation_.load(state_, prices_);
    incumbent_.effort().spend(passes * relaxation_.looks());
    Pricing pricing(relaxation_, prices_, shares_);
    pricing.restart(incumbent_.goal(gap_ppm_));
    if (round == 0) pricing.tune_budgets(incumbent_.goal(gap_ppm_));
    pricing.descend(incumbent_.goal(gap_ppm_), passes);
    prices_ = pricing.prices();
    upper_ = std::min(upper_, relaxation_.bound());
    offer_relaxed(kernel_, relaxation_, state_, incumbent_);
    if (round_too && round == 0) offer_rounded(kernel_, relaxation_, prices_, state_, incumbent_);
    const Goal goal = incumbent_.goal(gap_ppm_);
    if (is_settled(goal)) return Verdict::closed;
    const Told told = use_table(goal);
    if (told == Told::closed) return Verdict::closed;
    if (told == Told::decided) continue;
    if (round < most_learning) {
      const Learned learned = learn();
      if (learned == Learned::contradiction) return Verdict::closed;
      if (learned == Learned::something) continue;
    }
    find_losses(relaxation_, losses_);
    const Fixing fixing = fix(kernel_, relaxation_, losses_, relaxation_.slack(goal).most(), state_);
    if (fixing == Fixing::contradiction) return Verdict::closed;
    if (fixing == Fixing::nothing) return Verdict::open;
    const std::uint32_t before = relaxation_.size();
    relaxation_.load(state_, prices_);
    const bool many = relaxation_.size() * 10ULL < before * 9ULL;
    if (relaxation_.size() == 0 || (many && round < most_rounds)) continue;
    relaxation_.evaluate(prices_);
    relaxation_.select();
    return Verdict::open;
  }
}

// The most expensive row that the relaxed selection breaks shows where the bound is weak; without one, takes the node
// whose gain is nearest to zero. If only canonical order is open, takes its first open question.
std::uint32_t Node::choose() const {
  if (earlier_only_) {
    const std::uint32_t node = incumbent_.first_absent(kernel_, state_);
    if (node != none) return node;
  }
  const Relaxation& r = relaxation_;
  auto best_member = [&](const Relaxation::Row& row) {
    std::uint32_t best = r.members_[row.begin];
    for (std::uint32_t m = row.begin; m < row.end; ++m)
      if (r.gain_[r.members_[m]] > r.gain_[best]) best = r.members_[m];
    return best;
  };
  Fixed dearest = 0;
  std::uint32_t found = none;
  for (const std::vector<Relaxation::Row>* rows : {&r.clauses_, &r.packs_}) {
    for (const Relaxation::Row& row : *rows) {
      if (row.excess <= 0 || row.price <= dearest) continue;
      dearest = row.price;
      found = row.head < r.size() ? row.head : best_member(row);
    }
  }
  if (found != none) return r.node_[found];
  Fixed least = std::numeric_limits<Fixed>::max();
  for (std::uint32_t i = 0; i < r.size(); ++i) {
    if (r.chosen_[r.up_[i]] == 0) continue;
    const Fixed distance = r.gain_[i] < 0 ? -r.gain_[i] : r.gain_[i];
    if (distance >= least) continue;
    least = distance;
    found = i;
  }
  return r.node_[found];
}

void Node::dive_down() {
  work_ += 32 * cells_per_node * (1 + kernel_.nodes / 256);
  dive(kernel_, relaxation_, prices_, shares_, gap_ppm_, state_, incumbent_);
}

void Node::build_up_again(std::int64_t bound, std::uint32_t series) {
  prices_.clause.resize(kernel_.clauses.size(), 0);
  rebuild(kernel_, prices_, shares_, gap_ppm_, bound, series, incumbent_);
}

// Solves a node by a table if the rest is a plain tree under one budget, or nearly so.
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
  for (std::int64_t b = 1; b <= room; ++b)
    if (table_.best(b) > table_.best(best)) best = b;
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

// A knapsack over a tree, by amounts: for each node in preorder and each amount, whether taking it or skipping it with
// its whole subtree gives the best. Both answers are kept as bits, since ties matter: the search must know whether a
// node is in every best selection, or in none. Rows of values are dropped as soon as nothing below needs them, so
// memory is bits for nodes * amounts and values for the depth.

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
  for (std::uint32_t i = n; i-- > 0;)
    if (up[i] < n) next_[up[i]] = std::max(next_[up[i]], next_[i]);
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

// Walks all best selections at once, as sets of amounts left before each node.
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
    letters::sort_once(here);
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
