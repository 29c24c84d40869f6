// The current node of the search: what is decided, its bound, and the consequences.
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

  // closed: nothing that agrees with the decisions is better than the incumbent.
  enum class Verdict : std::uint8_t { closed, open };
  // Draws the consequences of what every selection holds; call once.
  Verdict start() { return state_.start() ? Verdict::open : Verdict::closed; }
  // Bounds the node with at most `passes` steps per round, offers what it meets, decides what the bound decides, and
  // learns.
  Verdict bound(std::uint32_t passes);
  // Returns the free node to branch on. REQUIRES: the last bound() left the node open.
  std::uint32_t choose() const;
  // Dives from here (dive.h). Call bound() before the next choose().
  void dive_down();
  // Rebuilds the incumbent (rebuild.h) from what every selection holds. `bound` applies to all of them.
  void build_up_again(std::int64_t bound, std::uint32_t series);

  State& state() noexcept { return state_; }
  const Multipliers& prices() const noexcept { return prices_; }
  void set_prices(const Multipliers& prices) { prices_ = prices; }
  // An upper bound for the node: the one set, lowered by bound().
  std::int64_t upper() const noexcept { return upper_; }
  void set_upper(std::int64_t upper) noexcept { upper_ = upper; }

  // Work done so far, in nodes: each bound() after the first counts one for every started 256 nodes of the kernel and
  // of what was learned; tables and dives count by their size.
  std::uint64_t spent() const noexcept { return work_ / cells_per_node; }

 private:
  static constexpr std::uint64_t cells_per_node = 8'192;  // table cells
  static constexpr std::uint64_t table_share = 4'096;     // cells allowed per call of bound()

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
  std::uint64_t bounded_ = 0;  // calls of bound()
  std::int64_t cells_allowed_ = 65'536;
  std::size_t learned_ = 0;    // heads and members of learned clauses
  bool earlier_only_ = false;  // only an equal answer that comes first can still be found
};

}  // namespace cascade::budget
