// The node of the search that is being worked on: what is decided, its bound, and what follows from it.
#pragma once

#include "budget/fixing.h"
#include "budget/incumbent.h"
#include "budget/pricing.h"
#include "budget/root.h"
#include "budget/state.h"
#include "budget/table.h"

#include <cstdint>

namespace cascade::budget {

class Node {
 public:
  Node(Root root, Incumbent& incumbent, std::uint32_t gap_ppm);

  // closed: nothing better than the incumbent agrees with what is decided.
  enum class Verdict : std::uint8_t { closed, open };
  // The consequences of what every selection holds; to be called once.
  Verdict start() { return state_.start() ? Verdict::open : Verdict::closed; }
  // Bounds the node with at most `passes` steps a round, offers what it meets, decides what the bound decides, learns.
  Verdict bound(std::uint32_t passes);
  // Which free node to branch on. REQUIRES: the last bound() left the node open.
  std::uint32_t choose() const;
  // A dive from here (dive.h). bound() before the next choose().
  void dive_down();
  // Builds the incumbent up again (rebuild.h), from what every selection holds. `bound` is one for all of them.
  void build_up_again(std::int64_t bound, std::uint32_t series);

  State& state() noexcept { return state_; }
  const Multipliers& prices() const noexcept { return prices_; }
  void set_prices(const Multipliers& prices) { prices_ = prices; }
  // An upper bound for the node: what was set, lowered by bound().
  std::int64_t upper() const noexcept { return upper_; }
  void set_upper(std::int64_t upper) noexcept { upper_ = upper; }

  // Work done so far, in nodes: a bound() after the first counts one for every 256 nodes of the kernel, and of
  // what was learned, that are begun; tables and dives count by their size.
  std::uint64_t spent() const noexcept { return work_ / cells_per_node; }

 private:
  static constexpr std::uint64_t cells_per_node = 8'192;  // of a table
  static constexpr std::uint64_t table_share = 4'096;     // cells allowed for each call of bound()

  bool close_cycles();
  enum class Learned : std::uint8_t { nothing, something, contradiction };
  Learned learn();
  bool is_settled(const Goal& goal);

  enum class Told : std::uint8_t { nothing, closed, decided };
  Told use_table(const Goal& goal);
  Told solve_by_table(std::uint32_t dim, std::int64_t room);
  Told compare_equals(std::int64_t amount);
  Told bound_by_table(std::uint32_t dim, std::int64_t room, const Goal& goal);

  Kernel kernel_;
  Incumbent& incumbent_;
  std::uint32_t gap_ppm_;
  State state_;
  Relaxation relaxation_;
  Multipliers prices_;
  Pricing::Shares shares_;
  Losses losses_;
  Table table_;
  std::int64_t upper_ = 0;
  std::uint64_t work_ = 0;     // in cells
  std::uint64_t bounded_ = 0;  // how often bound() was called
  std::int64_t cells_allowed_ = 65'536;
  std::size_t learned_ = 0;    // heads and members
  bool earlier_only_ = false;  // only an equal answer that comes first is left to be found
};

}  // namespace cascade::budget
