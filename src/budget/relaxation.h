// The tree relaxation: budgets, clauses and packs are priced instead of kept, and what is left is the best set of nodes
// closed upwards in a tree, found in one pass. Any prices that are not negative give a true upper bound.
//
// All amounts are fixed point: a value times 2^shift. Shift and largest prices are chosen so that all values, all
// prices of rows at all their members, and all budgets at their prices, stay below 2^60 each: every sum fits 63 bits.
#pragma once

#include "budget/kernel.h"
#include "budget/state.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace cascade::budget {

using Fixed = std::int64_t;

struct Multipliers {
  std::vector<Fixed> dim, clause, pack;  // one a row of the kernel; never negative
};

// The best answer so far, as far as bounds need it. `ties`: equal value counts while tokens, then chars, may still fall
// or an earlier section may come in. `enough`: values below it need not be looked for.
struct Goal {
  std::int64_t enough = 0;
  bool ties = false;
  std::int64_t value = 0, tokens = 0, chars = 0;
};

// The nodes that a state leaves free, packed together, with the rows that still say something about them.
class Relaxation {
 public:
  explicit Relaxation(const Kernel& kernel);

  // Learned clauses without a price are left out.
  void load(const State& state, const Multipliers& prices);
  Multipliers zero() const;

  // One pass. O(free nodes * dimensions + sizes of live rows).
  void evaluate(const Multipliers& multipliers);
  // By how much the bound of the last pass exceeds what is worth looking for; negative: nothing of the kind is here.
  struct Slack {
    Fixed more = 0, fewer_tokens = 0, fewer_chars = 0, earlier = 0;  // what would make an answer better
    Fixed most() const noexcept;
  };
  Slack slack(const Goal& goal) const;
  // Upper bound on the value of any selection that agrees with the state, of the last pass.
  std::int64_t bound() const noexcept;

  // Puts another selection in the place of the last pass's, one flag a free node, with what it costs and which rows
  // fail.
  void adopt(const std::vector<std::uint8_t>& chosen);
  // The last pass's sum over everything but the free nodes, the limits left out.
  Fixed constant() const noexcept { return total_ - gain_[size()]; }
  Fixed price(std::uint32_t dim) const noexcept { return price_[dim]; }
  Fixed fixed_cost(std::uint32_t dim) const noexcept { return fixed_cost_[dim]; }

  // The selection that the last pass implies: which free nodes, what all cost, which rows fail.
  void select();

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(node_.size()); }
  Fixed scale() const noexcept { return Fixed{1} << shift_; }
  Fixed largest() const noexcept { return largest_; }  // price of a row
  Fixed largest_price(std::uint32_t dim) const noexcept { return largest_ / std::max<Fixed>(limit_[dim], 1); }
  std::int64_t largest_value() const noexcept { return (Fixed{1} << 60) >> shift_; }  // above all values together

  void load_rows(const State& state, const Multipliers& prices);
  void tally();  // used_ and the rows' excess from chosen_

  const Kernel& kernel_;
  unsigned shift_ = 0;
  Fixed largest_ = 0;  // no multiplier exceeds this
  std::vector<std::uint32_t> node_,
      up_;  // of a free node: its number in the kernel; its parent here, size() if that is in
  std::vector<Fixed> value_, gain_, weight_;  // scaled value; best of its subtree if it is in; own reduced value
  std::vector<std::vector<Fixed>> cost_;
  std::vector<std::uint8_t> chosen_;
  std::vector<Fixed> used_;  // by the selection, per dimension
  struct Row {
    std::uint32_t row, head, begin, end;  // number in the kernel; head here, size() if in; members_ [begin, end)
    std::int32_t excess;                  // of the selection: how far the row is from holding; at most 0: it holds
    Fixed price;                          // in the last pass
  };
  std::vector<Row> clauses_, packs_;
  std::vector<std::uint32_t> members_;

 private:
  std::vector<Fixed> price_;           // of the dimensions, in the last pass
  std::vector<std::uint32_t> place_;   // node -> index here
  std::vector<Fixed> scaled_;          // of all nodes of the kernel
  Fixed fixed_value_ = 0, total_ = 0;  // of what is in; of the last pass, without the limits
  std::vector<Fixed> fixed_cost_;
  std::vector<std::int64_t> limit_;
};

}  // namespace cascade::budget
