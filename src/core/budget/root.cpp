// Works on the whole problem before any branching, in rounds: lower the bound by pricing, offer the selections met,
// decide the nodes that the bound decides, add clauses against cycles, and shrink the kernel to the rest with its
// prices kept. Shrinking each round makes the next one cheaper and its bound tighter; most problems end here. If the
// first rounds leave much open, a few finer and slower ones follow. Before the rounds one special case is tried:
// everything fits.
#include "budget/node.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include "budget/kernel.h"
#include "budget/relaxation.h"

namespace cascade::budget {

std::int64_t settled_bound(const Incumbent& incumbent, std::uint32_t gap_ppm, std::int64_t ceiling) {
  return std::max(incumbent.value(), std::min(incumbent.goal(gap_ppm).enough - 1, ceiling));
}

namespace {

constexpr std::uint32_t most_rounds = 60, chunk = 16;  // passes per round: chunk * (1 + round / 2)
constexpr std::uint32_t fine_rounds = 3;               // at least, if the first rounds leave much open
constexpr std::int64_t fine_drop = 4;                  // their first step: this part of the slack
constexpr std::uint32_t many_nodes = 150;              // fewer are searched quickly
constexpr std::int64_t much_open = 1'000;              // more than this part of the bound
constexpr std::uint64_t most_work = 150'000'000;  // passes * (nodes + members of rows); reached only by huge problems

// Takes everything of value and its consequences, if that fits: no selection is worth more, and any other of equal
// value holds all of it and costs more. Otherwise false.
bool take_all(Root& root, Incumbent& incumbent) {
  State state(root.kernel);
  if (!state.start()) return false;
  const Kernel& kernel = root.kernel;
  for (std::uint32_t u = 0; u < kernel.nodes; ++u) {
    if (kernel.value[u] < 0) return false;
    if (kernel.value[u] > 0 && kernel.excluded[u] == 0 && !state.decide(u, Status::in)) return false;
  }
  for (std::uint32_t clause = 0; clause < kernel.clause_head.size(); ++clause)
    if (state.pending(clause)) return false;  // there is a choice
  for (std::uint32_t u = kernel.nodes; u-- > 0;) {
    if (state[u] != Status::free) continue;
    const bool free_of_charge = kernel.cost[u] == 0 && kernel.cost[kernel.nodes + u] == 0;
    if (free_of_charge || !state.decide(u, Status::out)) return false;
  }
  if (kernel.cyclic && !all_reached(kernel, state)) return false;
  incumbent.offer(kernel, state);
  if (!incumbent.exists() || incumbent.value() != state.value()) return false;
  root.bound = root.ceiling = state.value();
  root.closed = true;
  return true;
}

// Clauses against the nodes that the relaxed selection leaves unreachable. A known one gets a price again.
std::vector<Cut> new_cuts(Root& root, const Relaxation& relaxation, const State& state) {
  std::vector<Cut> cuts;
  if (!root.kernel.cyclic) return cuts;
  for (Cut& cut : find_cuts(root.kernel, chosen_nodes(relaxation, state), state.all())) {
    const std::uint32_t known = known_clause(root.kernel, cut);
    if (known == none) {
      cuts.push_back(std::move(cut));
    } else {
      root.prices.clause[known] = std::max<Fixed>(root.prices.clause[known], 1);
    }
  }
  return cuts;
}

void adopt(Root& root, Kernel kernel) {
  Pricing::Shares shares;
  for (std::uint32_t u : kernel.old_node) shares.push_back(root.shares[u]);
  root.shares = std::move(shares);
  Multipliers prices;
  auto price_of = [](const std::vector<Fixed>& old, std::uint32_t row) { return row == none ? 1 : old[row]; };
  for (std::uint32_t d : kernel.old_dim) prices.dim.push_back(price_of(root.prices.dim, d));
  for (std::uint32_t c : kernel.old_clause) prices.clause.push_back(price_of(root.prices.clause, c));
  for (std::uint32_t p : kernel.old_pack) prices.pack.push_back(price_of(root.prices.pack, p));
  root.prices = std::move(prices);
  root.kernel = std::move(kernel);
}

// The rounds. Each one continues with the kernel, prices and step that the last one left.
class RootWork {
 public:
  RootWork(Incumbent& incumbent, std::uint32_t gap_ppm) : incumbent_(incumbent), gap_ppm_(gap_ppm) {}

  Root run(Kernel kernel) {
    root_.kernel = std::move(kernel);
    root_.prices = Relaxation(root_.kernel).zero();
    root_.shares.assign(root_.kernel.nodes, Pricing::whole / 2);
    root_.bound = std::numeric_limits<std::int64_t>::max();
    if (take_all(root_, incumbent_)) return std::move(root_);
    for (std::uint32_t round = 0; round < most_rounds && !root_.closed; ++round) {
      const bool more = work(round);
      if (work_ > most_work || incumbent_.effort().is_over()) break;
      if (more) continue;
      if (fine_ || !much_is_open()) break;
      fine_ = true;  // slower, and gets through valleys between two budgets
      drop_ = 0;
    }
    if (fine_ && !root_.closed && !incumbent_.effort().is_over()) dive_again();
    return std::move(root_);
  }

 private:
  bool much_is_open() const {
    if (root_.closed || !incumbent_.exists() || root_.kernel.nodes < many_nodes) return false;
    return root_.bound - incumbent_.value() > root_.bound / much_open;
  }

  void dive_again() {
    State state(root_.kernel);
    if (!state.start()) return;
    Relaxation relaxation(root_.kernel);
    relaxation.load(state, root_.prices);
    dive(root_.kernel, relaxation, root_.prices, root_.shares, gap_ppm_, state, incumbent_);
  }

  // One round on the present kernel. False: another one is not worthwhile.
  bool work(std::uint32_t round) {
    State state(root_.kernel);
    root_.closed = !state.start();
    if (root_.closed) return false;
    Relaxation relaxation(root_.kernel);
    relaxation.load(state, root_.prices);
    const std::int64_t before = root_.bound;
    if (!lower_bound(relaxation, state, round) || incumbent_.effort().is_settled()) return false;
    incumbent_.effort().spend(chunk * (2 + round / 2) * relaxation.looks());
    const Relaxation::Slack slack = relaxation.slack(incumbent_.goal(gap_ppm_));
    std::vector<Fixed> losses;
    find_losses(relaxation, losses);
    if (fix(root_.kernel, relaxation, losses, slack.most(), state) == Fixing::contradiction) {
      root_.closed = true;
      return false;
    }
    const std::vector<Cut> cuts = new_cuts(root_, relaxation, state);
    const Kernel& kernel = root_.kernel;
    work_ += chunk * (2 + round / 2) * (kernel.nodes + kernel.clauses.items.size() + kernel.packs.items.size());
    if (round == 2) dive(root_.kernel, relaxation, root_.prices, root_.shares, gap_ppm_, state, incumbent_);
    const std::uint32_t nodes = root_.kernel.nodes;
    adopt(root_, shrink(root_.kernel, state.all(), cuts));
    const bool fewer = root_.kernel.nodes * 20ULL < nodes * 19ULL, more_rows = !cuts.empty();
    const std::int64_t gap = root_.bound - incumbent_.value();
    const bool lower = before - root_.bound > gap / 2048;
    if (fine_ && fine_rounds_ < fine_rounds) {
      ++fine_rounds_;
      return true;
    }
    return fewer || more_rows || lower || round < 2;
  }

  // Lowers the bound and offers selections on the way. False: nothing better is left.
  bool lower_bound(Relaxation& relaxation, State& state, std::uint32_t round) {
    Pricing pricing(relaxation, root_.prices, root_.shares);
    pricing.restart(incumbent_.goal(gap_ppm_));
    pricing.tune_budgets(incumbent_.goal(gap_ppm_));
    if (round == 0) offer(relaxation, pricing.prices(), state);
    incumbent_.settle(std::min(root_.bound, relaxation.bound()));
    const bool has_rows = !relaxation.clauses_.empty() || !relaxation.packs_.empty() || root_.kernel.dims > 2;
    if (!incumbent_.effort().is_settled() && (round > 0 || has_rows)) {
      pricing.restart(incumbent_.goal(gap_ppm_));
      descend(pricing, round);
      pricing.tune_budgets(incumbent_.goal(gap_ppm_));
      offer(relaxation, pricing.prices(), state);
      incumbent_.settle(std::min(root_.bound, relaxation.bound()));
    }
    root_.prices = pricing.prices();
    root_.bound = std::min(root_.bound, relaxation.bound());
    if (round == 0) root_.ceiling = root_.bound;  // before bounds have decided anything
    const Relaxation::Slack slack = relaxation.slack(incumbent_.goal(gap_ppm_));
    const bool earlier_only = std::max({slack.more, slack.fewer_tokens, slack.fewer_chars}) < 0;
    root_.closed = slack.most() < 0 || (earlier_only && !incumbent_.may_be_earlier(root_.kernel, state));
    return !root_.closed;
  }

  void descend(Pricing& pricing, std::uint32_t round) {
    const Multipliers before = pricing.prices();
    pricing.set_fine(fine_);
    if (fine_ && drop_ == 0) drop_ = pricing.slack() / fine_drop;
    pricing.set_drop(drop_ * (fine_ ? 4 : 2));
    pricing.descend(incumbent_.goal(gap_ppm_), chunk * (1 + round / 2));
    drop_ = pricing.drop();
    if (fine_) pricing.go_on(before, incumbent_.goal(gap_ppm_));
  }

  void offer(const Relaxation& relaxation, const Multipliers& prices, State& state) {
    offer_relaxed(root_.kernel, relaxation, state, incumbent_);
    offer_rounded(root_.kernel, relaxation, prices, state, incumbent_);
  }

  Incumbent& incumbent_;
  std::uint32_t gap_ppm_;
  Root root_;
  Fixed drop_ = 0;  // from the last round
  std::uint64_t work_ = 0;
  bool fine_ = false;
  std::uint32_t fine_rounds_ = 0;
};

}  // namespace

Root work_root(Kernel kernel, Incumbent& incumbent, std::uint32_t gap_ppm) {
  return RootWork(incumbent, gap_ppm).run(std::move(kernel));
}

void find_losses(const Relaxation& relaxation, std::vector<Fixed>& turned) {
  const std::uint32_t n = relaxation.size();
  turned.resize(n + 1U);
  // For a chosen node: the least gain on the way up, because the bound may drop a parent with it. Node n is never
  // dropped. For any other node: the negative gains on the way up, because all of these must be taken in.
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

Fixing fix(const Kernel& kernel, const Relaxation& relaxation, const std::vector<Fixed>& losses, Fixed slack,
           State& state) {
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
    const bool decided = losses[i] > slack;
    if (!decided && too_dear[i] == 0) continue;
    const Status status = too_dear[i] == 0 && relaxation.chosen_[i] != 0 ? Status::in : Status::out;
    if (!state.decide(node, status)) return Fixing::contradiction;
  }
  return state.mark() == mark ? Fixing::nothing : Fixing::something;
}

// Goes straight down the search tree without branching: lowers the bound with a few passes of new prices, takes in the
// nodes that the bound is surest of, many at a time, and repeats until nothing is free. Each step offers what it
// finds. If a step contradicts itself, fewer of its nodes are tried, then fewer of an earlier step, a limited number
// of times. A dive costs a few bounds and gives good answers early, which the search needs to close other nodes.
namespace {

constexpr std::uint32_t steps_a_part = 10, passes = 8, most_retries = 12;

// Returns the chosen free nodes that are likeliest to stay chosen, parents before children; one in `part`, at least
// one.
std::vector<std::uint32_t> surest(const Relaxation& relaxation, const Pricing::Shares& shares, std::uint32_t part) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < relaxation.size(); ++i)
    if (relaxation.chosen_[i] != 0) order.push_back(i);
  std::vector<Fixed> losses;
  find_losses(relaxation, losses);
  auto key = [&](std::uint32_t i) { return std::make_tuple(-int{shares[relaxation.node_[i]]}, -losses[i], i); };
  const std::size_t count = (order.size() + part - 1) / part;
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  order.resize(count);
  for (std::uint32_t& i : order) i = relaxation.node_[i];
  return order;
}

struct Dive {
  const Kernel& kernel_;
  Relaxation& relaxation_;
  Multipliers prices_;
  Pricing::Shares shares_;
  std::uint32_t gap_ppm_;
  State& state_;
  Incumbent& incumbent_;
  std::uint32_t part_;

  void run() {
    const std::size_t start = state_.mark();
    const std::uint32_t steps = std::min(steps_a_part * part_, 8 + 4'000'000 / kernel_.nodes);
    for (std::uint32_t step = 0; step < steps && !incumbent_.effort().is_over() && look(step); ++step)
      if (!descend()) break;
    state_.undo(start);
  }

  struct Step {
    std::size_t mark;
    std::vector<std::uint32_t> nodes;  // to take in, surest first
  };
  std::vector<Step> steps_{};
  std::uint32_t retries_ = 0;

  // Bounds the rest and offers what it shows. False: nothing is left to decide, or nothing better is possible.
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
};

}  // namespace

void dive(const Kernel& kernel, Relaxation& relaxation, Multipliers prices, Pricing::Shares shares,
          std::uint32_t gap_ppm, State& state, Incumbent& incumbent, std::uint32_t part) {
  Dive{kernel, relaxation, std::move(prices), std::move(shares), gap_ppm, state, incumbent, part}.run();
}

// Large neighbourhood search: keeps a fixed pseudo-random share of the incumbent's groups, drops the rest, and dives
// from there; repeats with other shares. The kept part leaves the bound fewer choices, so the dive is surer of them.
// Which groups are kept follows from a hash of group and round, so the result is the same on every machine.
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
