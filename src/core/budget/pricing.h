// Searches the prices that minimise the relaxation's bound.
#pragma once

#include "budget/relaxation.h"

#include <cstdint>

namespace cascade::budget {

// Lowers the relaxation's `slack` by changing the prices; `prices` holds the best found so far, and when a call
// returns, the relaxation's last pass used them and its selection is computed. All calls stop once the slack is
// negative.
class Pricing {
 public:
  // `shares`, one per node of the kernel, tracks how often each is chosen: 0 never, `whole` always. It may outlive
  // this.
  using Shares = std::vector<std::uint16_t>;
  static constexpr std::uint16_t whole = 1U << 15;
  Pricing(Relaxation& relaxation, Multipliers prices, Shares& shares);

  // Starts over at the present state of the relaxation and keeps the prices. Returns the slack.
  Fixed restart(const Goal& goal);
  // Tunes each budget's price in turn, by secants, as long as that helps.
  Fixed tune_budgets(const Goal& goal);
  // Takes `passes` steps against the violated rows, budgets and structure together.
  Fixed descend(const Goal& goal, std::uint32_t passes);
  // Goes on in the direction from other prices to the best ones, twice as far each time, as long as that helps.
  Fixed go_on(const Multipliers& from, const Goal& goal);
  // Steps follow the mean of more selections and shrink later. This needs more passes, but gets through where two
  // budgets pull against each other: there each single selection points to the side of the valley.
  void set_fine(bool fine) noexcept { fine_ = fine; }

  const Multipliers& prices() const noexcept { return best_; }
  Fixed slack() const noexcept { return best_slack_; }
  // How far a step of descend() aims to lower the bound; shrinks as the bound settles. 0: all of the slack.
  Fixed drop() const noexcept { return drop_; }
  void set_drop(Fixed drop) noexcept { drop_ = drop; }

 private:
  Fixed pass(Multipliers& at, const Goal& goal);
  bool tune(std::uint32_t dim, const Goal& goal);
  void average(unsigned eighths);
  void step(Fixed slack);
  void settle(const Goal& goal);
  void take_aim(const Goal& goal);

  Relaxation& relaxation_;
  Shares& shares_;
  Multipliers best_, at_;
  std::vector<Fixed> aim_;  // for each dimension
  // The averaged violations of recent selections: dimensions in cost, rows in 2^-12.
  std::vector<Fixed> over_, clause_over_, pack_over_;
  Fixed best_slack_ = 0;
  bool settled_ = false;  // the relaxation's last pass is at best_
  Fixed drop_ = 0;
  std::uint32_t stale_ = 0;  // passes since the last progress
  bool fine_ = false;
};

}  // namespace cascade::budget
