// Bounds one node of the search tree in rounds: (1) decide what reachability and parts force; (2) lower the bound by
// pricing; (3) offer the relaxed selection as it is, now and then rounded; (4) stop if nothing better can be here; (5)
// solve exactly by a table if the rest is nearly a plain tree; (6) learn clauses against cycles; (7) decide every node
// that the bound decides. A round that decided much is repeated, because each step then does more. Cheap checks come
// first: most nodes close in steps 1 to 4.
#include "budget/node.h"

#include "budget/cycles.h"
#include "budget/dive.h"
#include "budget/offers.h"
#include "budget/parts.h"
#include "budget/rebuild.h"

#include <algorithm>
#include <limits>
#include <utility>

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
    for (std::uint32_t m = row.begin; m < row.end; ++m) {
      if (r.gain_[r.members_[m]] > r.gain_[best]) best = r.members_[m];
    }
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

}  // namespace cascade::budget
