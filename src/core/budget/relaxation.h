// The tree relaxation: budgets, clauses and packs are priced instead of enforced. The rest is to find the best set of
// nodes closed upwards in a tree, which takes one pass. Any nonnegative prices give a true upper bound.
//
// All amounts are fixed point: a value times 2^shift. Shift and largest prices are chosen so that all values, all
// prices of rows at all their members, and all budgets at their prices, stay below 2^60 each: every sum fits 63 bits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "budget/kernel.h"

namespace cascade::budget {

using Fixed = std::int64_t;

struct Multipliers {
  std::vector<Fixed> dim, clause, pack;  // one per row of the kernel; never negative
};

// The best answer so far, as far as bounds need it. `ties`: an answer of equal value is better with fewer tokens, then
// fewer chars, then an earlier section. `enough`: lower values need not be found.
struct Goal {
  std::int64_t enough = 0;
  bool ties = false;
  std::int64_t value = 0, tokens = 0, chars = 0;
};

// The free nodes of a state, packed densely, with the rows that still matter for them.
class Relaxation {
 public:
  explicit Relaxation(const Kernel& kernel);

  // Learned clauses without a price are left out.
  void load(const State& state, const Multipliers& prices);
  Multipliers zero() const;

  // One pass. O(free nodes * dimensions + sizes of live rows).
  void evaluate(const Multipliers& multipliers);
  // By how much the bound of the last pass exceeds what is worth finding; negative: nothing of this kind is here.
  struct Slack {
    Fixed more = 0, fewer_tokens = 0, fewer_chars = 0, earlier = 0;  // each a way in which an answer could be better
    Fixed most() const noexcept;
  };
  Slack slack(const Goal& goal) const;
  // Upper bound, from the last pass, on the value of any selection that agrees with the state.
  std::int64_t bound() const noexcept;

  // Replaces the last pass's selection by another one, one flag per free node, with its costs and failed rows.
  void adopt(const std::vector<std::uint8_t>& chosen);
  // The sum of the last pass without the free nodes and the limits.
  Fixed constant() const noexcept { return total_ - gain_[size()]; }
  Fixed price(std::uint32_t dim) const noexcept { return price_[dim]; }
  Fixed fixed_cost(std::uint32_t dim) const noexcept { return fixed_cost_[dim]; }

  // Computes the selection implied by the last pass: its free nodes, all costs, the failed rows.
  void select();

  std::uint64_t looks() const noexcept { return node_.size() + members_.size(); }

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(node_.size()); }
  Fixed scale() const noexcept { return Fixed{1} << shift_; }
  Fixed largest() const noexcept { return largest_; }  // price of a row
  Fixed largest_price(std::uint32_t dim) const noexcept { return largest_ / std::max<Fixed>(limit_[dim], 1); }
  std::int64_t largest_value() const noexcept { return (Fixed{1} << 60) >> shift_; }  // above the sum of all values

  void load_rows(const State& state, const Multipliers& prices);
  void tally();  // used_ and the rows' excess from chosen_

  const Kernel& kernel_;
  unsigned shift_ = 0;
  Fixed largest_ = 0;  // no multiplier exceeds this
  std::vector<std::uint32_t> node_,
      up_;  // of a free node: its number in the kernel; its parent here, size() if the parent is in
  std::vector<Fixed> value_, gain_, weight_;  // scaled value; best of its subtree if it is in; own reduced value
  std::vector<std::vector<Fixed>> cost_;
  std::vector<std::uint8_t> chosen_;
  std::vector<Fixed> used_;  // by the selection, for each dimension
  struct Row {
    std::uint32_t row, head, begin, end;  // number in the kernel; head here, size() if in; members_ [begin, end)
    std::int32_t excess;                  // how far the selection is from keeping the row; at most 0: it keeps it
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

// The best answer found so far, and the work that may still go into a better one.

// Counts looks at nodes and at members of rows, wherever many of them are looked at. Nodes of the search alone would
// not do: on a large problem the work before the first of them, and each of them, has no bound of its own.
class Effort {
 public:
  explicit Effort(std::uint64_t most, std::uint32_t good_ppm = 0) : most_(most), good_ppm_(good_ppm) {}

  std::uint32_t good_ppm() const noexcept { return good_ppm_; }
  void settle() noexcept { settled_ = true; }
  bool is_settled() const noexcept { return settled_; }
  void spend(std::uint64_t looks) noexcept { spent_ += looks; }
  bool is_over() const noexcept { return settled_ || spent_ > most_; }
  // Whether another answer may be built: the first always, further ones until the effort is over.
  bool may_build() noexcept {
    const bool may = !has_built_ || !is_over();
    has_built_ = true;
    return may;
  }

 private:
  std::uint64_t spent_ = 0, most_;
  std::uint32_t good_ppm_;
  bool has_built_ = false, settled_ = false;
};

class Incumbent {
 public:
  explicit Incumbent(const Model& model, Effort effort = Effort(~std::uint64_t{0})) : model_(model), effort_(effort) {}

  bool exists() const noexcept { return exists_; }
  const Selection& selection() const noexcept { return selection_; }
  std::int64_t value() const noexcept { return value_; }
  const Model& model() const noexcept { return model_; }
  Effort& effort() noexcept { return effort_; }
  const Effort& effort() const noexcept { return effort_; }

  // Adopts the selection if it is valid, fits and is better than the held one.
  bool offer(const Selection& selection);
  // The same for the nodes that are in under `state`, with all others out. Cheap if it is not better.
  bool offer(const Kernel& kernel, const State& state);

  // The answers still worth finding, if answers within gap_ppm of the bound are good enough.
  Goal goal(std::uint32_t gap_ppm) const;
  // Ends the effort if the held selection is good enough under this bound.
  void settle(std::int64_t bound) {
    if (exists_ && effort_.good_ppm() > 0 && bound < goal(effort_.good_ppm()).enough) effort_.settle();
  }
  // False: no selection that agrees with `state` precedes the held one in canonical order.
  bool may_be_earlier(const Kernel& kernel, const State& state) const;
  // Returns the first node, in canonical order, that is free under `state` and not in the held selection, or none.
  std::uint32_t first_absent(const Kernel& kernel, const State& state) const;

 private:
  const Model& model_;
  Effort effort_;
  bool exists_ = false;
  Selection selection_;
  bool may_come_first(const Kernel& kernel, const State& state) const;

  std::vector<std::uint8_t> shown_;      // for every item of the model, in canonical order
  std::vector<std::uint32_t> shown_at_;  // of a content: its first such item; none
  std::int64_t value_ = 0, tokens_ = 0, chars_ = 0;
};

// Makes a valid selection from a relaxed one.

// Takes free nodes in, best first by the gains of the relaxation's last pass per priced cost, each with all it needs,
// as long as they fit. Then the nodes that are in are closed and keep all rows; false: something mandatory did not
// fit. The caller undoes. O(n log n) plus the cost of the decisions; under ordered placement O(n) more per node taken
// in.
enum class Ways : std::uint8_t { any, forward };
bool round_up(const Model& model, const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices,
              Ways ways, State& state, Effort& effort);

// Ordered placement: whether the sequence of a state can be cut into the parts.

// taken: places the nodes that are in, with all others out. certain: places only those whose position in the sequence
// no free node can change; false then means that no selection that agrees with the state fits. True unless the model
// is ordered. Linear.
enum class Sequence : std::uint8_t { taken, certain };
bool parts_hold(const Model& model, const Kernel& kernel, const State& state, Sequence sequence);

// Turns a relaxed selection into answers.

// Offers the selection of the relaxation's last pass unchanged, if it breaks no row and no limit; and a rounded one
// (below). The state is unchanged on return.
void offer_relaxed(const Kernel& kernel, const Relaxation& relaxation, State& state, Incumbent& incumbent);
void offer_rounded(const Kernel& kernel, const Relaxation& relaxation, const Multipliers& prices, State& state,
                   Incumbent& incumbent);

// Whether every node that is in can be reached from node 0.
bool all_reached(const Kernel& kernel, const State& state);

// The nodes that are in under `state` or chosen by the relaxation's last pass.
std::vector<std::uint8_t> chosen_nodes(const Relaxation& relaxation, const State& state);

}  // namespace cascade::budget
