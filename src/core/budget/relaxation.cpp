// One pass computes a bound: subtract the priced costs and rows from the node values, then go through the nodes
// backwards (children before parents) and add each positive gain to the parent. The best closed set holds exactly the
// nodes whose gain is positive and whose parents are chosen. Preorder makes this two linear loops over arrays, with no
// tree walk; the search does this pass more than anything else.
#include "budget/relaxation.h"

#include <tuple>
#include <utility>

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
    for (std::uint32_t m : row)
      if (state[m] == Status::free) members_.push_back(place_[m]);
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

// Minimises the relaxation's bound, which is convex and piecewise linear in the prices, by two methods: for budgets,
// one price at a time by the secant through two tangents, because there are few and each matters much; for all rows
// together, subgradient steps along an average of recent violations. Averaging damps the zigzag of plain subgradient
// steps; the step halves after some passes without progress. All numbers are fixed point, so the result is the same on
// every machine.
namespace {

__extension__ using Wide = __int128;

constexpr unsigned mean_bits = 12;                         // averaged violations of rows are in 2^-12
constexpr Fixed budget_weight = 20;                        // a budget overdrawn by its whole amount counts this much
constexpr std::uint32_t patience = 3, long_patience = 12;  // passes without progress before the step is halved
constexpr unsigned share = 4, small_share = 1;             // the last selection's share of the mean, in eighths

}  // namespace

Pricing::Pricing(Relaxation& relaxation, Multipliers prices, Shares& shares)
    : relaxation_(relaxation), shares_(shares), best_(std::move(prices)) {}

// One evaluation. Each node's share is a running average of how often it was chosen, an eighth for the last pass;
// rounding and branching read it as how much the relaxation wants the node.
Fixed Pricing::pass(Multipliers& at, const Goal& goal) {
  relaxation_.evaluate(at);
  relaxation_.select();
  const Fixed slack = relaxation_.slack(goal).most();
  settled_ = &at == &best_;
  for (std::uint32_t i = 0; i < relaxation_.size(); ++i) {
    std::uint16_t& share = shares_[relaxation_.node_[i]];
    share = static_cast<std::uint16_t>(share - (share >> 3) + (relaxation_.chosen_[i] != 0 ? whole >> 3 : 0));
  }
  return slack;
}

Fixed Pricing::restart(const Goal& goal) {
  best_slack_ = pass(best_, goal);
  stale_ = 0;
  return best_slack_;
}

void Pricing::settle(const Goal& goal) {
  if (!settled_) pass(best_, goal);
}

// The limits or, once no greater value is possible, costs below the incumbent's.
void Pricing::take_aim(const Goal& goal) {
  aim_ = relaxation_.kernel_.limit;
  const Relaxation::Slack slack = relaxation_.slack(goal);
  if (!goal.ties || slack.more >= 0) return;
  aim_[token_dim] = goal.tokens - (slack.fewer_tokens >= 0 ? 1 : 0);
  if (slack.fewer_tokens < 0) aim_[char_dim] = goal.chars - (slack.fewer_chars >= 0 ? 1 : 0);
}

// As a function of one price the bound is convex and piecewise linear. A falling and a rising tangent meet below it,
// and the price at their crossing is tried next. Returns whether the slack fell.
bool Pricing::tune(std::uint32_t dim, const Goal& goal) {
  struct Tangent {
    Fixed price = 0, slack = 0, over = 0;  // over: used - limit, the negated slope
    bool known = false;
  };
  Tangent falling, rising;
  const Fixed before = best_slack_;
  at_ = best_;
  Fixed slack = best_slack_;
  settle(goal);
  take_aim(goal);
  for (int round = 0; round < 24 && best_slack_ >= 0; ++round) {
    const Tangent here{at_.dim[dim], slack, relaxation_.used_[dim] - aim_[dim], true};
    if (here.over == 0) break;
    (here.over > 0 ? falling : rising) = here;
    Fixed next = 0;
    if (!falling.known) {
      if (here.price == 0) break;
      next = here.price / 2 < relaxation_.scale() / 64 ? 0 : here.price / 2;
    } else if (!rising.known) {
      next = std::min(std::max(here.price * 2, relaxation_.scale() / 16), relaxation_.largest_price(dim));
    } else {
      // falling.slack - falling.over * (p - falling.price) == rising.slack - rising.over * (p - rising.price)
      const Wide numerator =
          Wide{falling.slack} - rising.slack + Wide{falling.over} * falling.price - Wide{rising.over} * rising.price;
      next = static_cast<Fixed>(numerator / (falling.over - rising.over));
    }
    if (next == falling.price && falling.known) break;
    if (next == rising.price && rising.known) break;
    at_.dim[dim] = next;
    slack = pass(at_, goal);
    if (slack < best_slack_) {
      best_slack_ = slack;
      best_.dim[dim] = next;
    }
  }
  settle(goal);
  return best_slack_ < before;
}

Fixed Pricing::tune_budgets(const Goal& goal) {
  const std::uint32_t dims = relaxation_.kernel_.dims;
  std::uint32_t last = none;  // the dimension whose price changed last
  for (std::uint32_t turn = 0; turn < 3 * dims; ++turn) {
    const std::uint32_t dim = turn % dims;
    if (dim == last || best_slack_ < 0) break;
    if (tune(dim, goal)) last = dim;
    if (last == none && turn + 1 == dims) break;
  }
  return best_slack_;
}

void Pricing::average(unsigned eighths) {
  const Relaxation& r = relaxation_;
  const Fixed part = eighths;
  auto mix = [part](Fixed& mean, Fixed now) { mean += (now - mean) * part / 8; };
  over_.resize(r.kernel_.dims);
  clause_over_.resize(r.clauses_.size());
  pack_over_.resize(r.packs_.size());
  for (std::uint32_t d = 0; d < r.kernel_.dims; ++d) mix(over_[d], (r.used_[d] - aim_[d]) * 16);
  for (std::size_t i = 0; i < r.clauses_.size(); ++i) mix(clause_over_[i], Fixed{r.clauses_[i].excess} << mean_bits);
  for (std::size_t i = 0; i < r.packs_.size(); ++i) mix(pack_over_[i], Fixed{r.packs_[i].excess} << mean_bits);
}

// Takes one step from at_ along the averaged violations, of the length that would lower the slack by `drop` if the
// bound were linear.
void Pricing::step(Fixed drop) {
  const Relaxation& r = relaxation_;
  std::vector<Fixed> over(r.kernel_.dims);
  Wide norm = 0;
  for (std::uint32_t d = 0; d < r.kernel_.dims; ++d) {
    over[d] = over_[d] < 0 && at_.dim[d] == 0
                  ? 0
                  : over_[d] * ((Fixed{1} << mean_bits) / 16) * budget_weight / std::max<Fixed>(aim_[d], 1);
    norm += Wide{over[d]} * over[d];
  }
  Fixed units = 0;
  auto counted = [](Fixed mean, Fixed price) { return mean < 0 && price == 0 ? 0 : mean; };
  for (std::size_t i = 0; i < r.clauses_.size(); ++i) {
    const Fixed v = counted(clause_over_[i], at_.clause[r.clauses_[i].row]);
    units += v * v;
  }
  for (std::size_t i = 0; i < r.packs_.size(); ++i) {
    const Fixed v = counted(pack_over_[i], at_.pack[r.packs_[i].row]);
    units += v * v;
  }
  norm += units;
  if (norm == 0) return;
  // A price moves by drop * violation / norm; violations carry 2^mean_bits, and the norm its square.
  const Wide length = Wide{std::max<Fixed>(drop, 1)} << (2 * mean_bits);
  auto moved = [](Fixed price, Wide by, Fixed most) {
    return static_cast<Fixed>(std::clamp<Wide>(price + by, 0, most));
  };
  for (std::uint32_t d = 0; d < r.kernel_.dims; ++d)
    if (over[d] != 0)
      at_.dim[d] = moved(at_.dim[d], length / norm * over[d] * budget_weight / std::max<Fixed>(aim_[d], 1) >> mean_bits,
                         r.largest_price(d));
  const Fixed unit = static_cast<Fixed>(std::min<Wide>(length / norm, r.largest()));
  for (std::size_t i = 0; i < r.clauses_.size(); ++i) {
    Fixed& price = at_.clause[r.clauses_[i].row];
    price = moved(price, Wide{unit} * counted(clause_over_[i], price) >> mean_bits, r.largest());
  }
  for (std::size_t i = 0; i < r.packs_.size(); ++i) {
    Fixed& price = at_.pack[r.packs_[i].row];
    price = moved(price, Wide{unit} * counted(pack_over_[i], price) >> mean_bits, r.largest());
  }
}

Fixed Pricing::descend(const Goal& goal, std::uint32_t passes) {
  if (best_slack_ < 0) return best_slack_;
  settle(goal);
  take_aim(goal);
  at_ = best_;
  over_.clear();
  clause_over_.clear();
  pack_over_.clear();
  average(8);
  drop_ = drop_ == 0 ? best_slack_ : std::min(drop_, best_slack_);
  for (std::uint32_t i = 0; i < passes && best_slack_ >= 0; ++i) {
    step(drop_);
    const Fixed slack = pass(at_, goal);
    average(fine_ ? small_share : share);
    if (slack < best_slack_) {
      best_slack_ = slack;
      best_ = at_;
      stale_ = 0;
      drop_ = std::min(drop_, best_slack_);
    } else if (++stale_ >= (fine_ ? long_patience : patience)) {
      stale_ = 0;
      drop_ = std::max<Fixed>(drop_ / 2, 1);
      at_ = best_;
    }
  }
  settle(goal);
  return best_slack_;
}

// After a step of the search the prices often move the same way again.
Fixed Pricing::go_on(const Multipliers& from, const Goal& goal) {
  constexpr Fixed farthest = 256;  // in halves of the distance from `from`
  const Multipliers to = best_;
  const auto move = [](Fixed& price, Fixed begin, Fixed end, Fixed halves, Fixed most) {
    price = static_cast<Fixed>(std::clamp<Wide>(end + (Wide{end} - begin) * halves / 2, 0, most));
  };
  at_ = best_;
  for (Fixed halves = 1; halves <= farthest && best_slack_ >= 0; halves *= 2) {
    for (std::uint32_t d = 0; d < to.dim.size(); ++d)
      move(at_.dim[d], from.dim[d], to.dim[d], halves, relaxation_.largest_price(d));
    for (std::size_t i = 0; i < to.clause.size(); ++i)
      move(at_.clause[i], from.clause[i], to.clause[i], halves, relaxation_.largest());
    for (std::size_t i = 0; i < to.pack.size(); ++i)
      move(at_.pack[i], from.pack[i], to.pack[i], halves, relaxation_.largest());
    const Fixed slack = pass(at_, goal);
    if (slack >= best_slack_) break;
    best_slack_ = slack;
    best_ = at_;
  }
  settle(goal);
  return best_slack_;
}

// The best selection so far. A new one must be valid and fit by the model itself and not by the search's own sums, and
// win by value, then fewer tokens, then fewer characters, then the earlier sequence; so the answer does not depend on
// the order in which the search finds them.

bool Incumbent::offer(const Selection& selection) {
  if (!is_valid(model_, selection) || !fits(model_, selection)) return false;
  if (exists_ && !better(model_, selection, selection_)) return false;
  selection_ = selection;
  exists_ = true;
  const Totals totals = totals_of(model_, selection);
  value_ = totals.value;
  tokens_ = static_cast<std::int64_t>(totals.used[token_dim]);
  chars_ = static_cast<std::int64_t>(totals.used[char_dim]);
  shown_.assign(model_.items.items.size(), 0);
  shown_at_.assign(model_.contents, none);
  for (const PackedItem& at : emit(model_, selection)) {
    const std::uint32_t place = model_.items.begin[at.group] + at.item;
    shown_[place] = 1;
    shown_at_[model_.items.items[place]] = std::min(shown_at_[model_.items.items[place]], place);
  }
  return true;
}

// The sums are compared first: a full comparison writes both sequences out.
bool Incumbent::offer(const Kernel& kernel, const State& state) {
  if (exists_) {
    const auto offered = std::make_tuple(state.value(), -state.used(token_dim), -state.used(char_dim));
    const auto held = std::make_tuple(value_, -tokens_, -chars_);
    if (offered < held || (offered == held && !may_come_first(kernel, state))) return false;
  }
  return offer(selection_of(model_, kernel, state.all()));
}

Goal Incumbent::goal(std::uint32_t gap_ppm) const {
  if (!exists_) return {};
  if (gap_ppm == 0) return {value_ + 1, true, value_, tokens_, chars_};
  // The least bound U with U - value > U * gap_ppm / 10^6.
  __extension__ using Wide = unsigned __int128;
  const Wide least = gap_ppm >= 1'000'000 ? ~Wide{0} : Wide(value_) * 1'000'000 / (1'000'000 - gap_ppm) + 1;
  constexpr std::int64_t most = std::int64_t{1} << 53;
  return {least > Wide(most) ? most : static_cast<std::int64_t>(least), false, value_, tokens_, chars_};
}

namespace {

bool may_be_taken(const Kernel& kernel, const State& state, std::uint32_t content) {
  const std::uint32_t node = kernel.node_of_content[content], longer = kernel.longer_form[content];
  return node != none && state[node] != Status::out && (longer == none || state[longer] != Status::in);
}

}  // namespace

// False: the nodes that are in under `state`, with all others out, do not precede the held selection. Errs only if a
// text is the head of one group and is also in another.
bool Incumbent::may_come_first(const Kernel& kernel, const State& state) const {
  const auto is_in = [&](std::uint32_t node) { return node != none && state[node] == Status::in; };
  std::uint32_t at = 0;
  for (std::uint32_t g = 0; g < model_.groups; ++g) {
    const bool open = is_in(kernel.node_of_group[g]);
    bool head = true;
    for (std::uint32_t k : model_.items[g]) {
      const bool taken = open && (head || (is_in(kernel.node_of_content[k]) && !is_in(kernel.longer_form[k])));
      const bool repeated = !head && shown_at_[k] < at;
      if (taken != (shown_[at] != 0) && !(taken && repeated)) return taken;
      head = false;
      ++at;
    }
  }
  return false;
}

// Whether any completion of `state` could come before the held selection: the first place at which the held one shows
// something else, or could be made to, decides.
bool Incumbent::may_be_earlier(const Kernel& kernel, const State& state) const {
  std::size_t at = 0;
  for (std::uint32_t g = 0; g < model_.groups; ++g) {
    const std::uint32_t group = kernel.node_of_group[g];
    const bool closed = group == none || state[group] == Status::out;
    bool head = true;
    for (std::uint32_t k : model_.items[g]) {
      const bool possible = !closed && (head || may_be_taken(kernel, state, k));
      if (possible != (shown_[at] != 0)) return possible;
      head = false;
      ++at;
    }
  }
  return false;
}

std::uint32_t Incumbent::first_absent(const Kernel& kernel, const State& state) const {
  std::size_t at = 0;
  for (std::uint32_t g = 0; g < model_.groups; ++g) {
    const std::uint32_t group = kernel.node_of_group[g];
    const bool closed = group == none || state[group] == Status::out;
    bool head = true;
    for (std::uint32_t k : model_.items[g]) {
      const bool open = shown_[at++] == 0 && !closed && (head || may_be_taken(kernel, state, k));
      const std::uint32_t node = head ? group : kernel.node_of_content[k];
      const std::uint32_t longer = head ? none : kernel.longer_form[k];
      head = false;
      if (!open) continue;
      if (state[node] == Status::free) return node;
      if (state[group] == Status::free) return group;
      if (longer != none && state[longer] == Status::free) return longer;
    }
  }
  return none;
}

}  // namespace cascade::budget
