// Minimises the relaxation's bound, which is convex and piecewise linear in the prices, by two methods: for budgets,
// one price at a time by the secant through two tangents, because there are few and each matters much; for all rows
// together, subgradient steps along an average of recent violations. Averaging damps the zigzag of plain subgradient
// steps; the step halves after some passes without progress. All numbers are fixed point, so the result is the same on
// every machine.
#include "budget/pricing.h"

#include <algorithm>
#include <utility>

namespace cascade::budget {
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

// The amounts that the selection is compared with: the limits or, once no greater value is possible, costs below the
// incumbent's.
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

// Mixes the last selection's violations into the averages.
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
  for (std::uint32_t d = 0; d < r.kernel_.dims; ++d) {
    if (over[d] != 0)
      at_.dim[d] = moved(at_.dim[d], length / norm * over[d] * budget_weight / std::max<Fixed>(aim_[d], 1) >> mean_bits,
                         r.largest_price(d));
  }
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

// Goes on in the direction from `from` to the best prices, twice as far each time while the slack falls: after a step
// of the search the prices often move the same way again.
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

}  // namespace cascade::budget
