// Works on the whole problem before any branching, in rounds: lower the bound by pricing, offer the selections met,
// decide the nodes that the bound decides, add clauses against cycles, and shrink the kernel to the rest with its
// prices kept. Shrinking each round makes the next one cheaper and its bound tighter; most problems end here. If the
// first rounds leave much open, a few finer and slower ones follow. Before the rounds one special case is tried:
// everything fits.
#include "budget/root.h"

#include "budget/cycles.h"
#include "budget/dive.h"
#include "budget/fixing.h"
#include "budget/offers.h"
#include "budget/state.h"

#include <algorithm>
#include <limits>
#include <utility>

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

// Continues with a smaller kernel; prices move with their rows.
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
    if (!lower_bound(relaxation, state, round)) return false;
    incumbent_.effort().spend(chunk * (2 + round / 2) * relaxation.looks());
    const Relaxation::Slack slack = relaxation.slack(incumbent_.goal(gap_ppm_));
    Losses losses;
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
    if (round > 0 || !relaxation.clauses_.empty() || !relaxation.packs_.empty() || root_.kernel.dims > 2) {
      pricing.restart(incumbent_.goal(gap_ppm_));
      descend(pricing, round);
      pricing.tune_budgets(incumbent_.goal(gap_ppm_));
      offer(relaxation, pricing.prices(), state);
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

}  // namespace cascade::budget
