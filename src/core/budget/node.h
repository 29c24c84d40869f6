// The current node of the search: what is decided, its bound, and the consequences.
#pragma once

#include <cstdint>
#include <vector>

#include "budget/kernel.h"
#include "budget/relaxation.h"

// The work before any branching: a bound, first answers, and a kernel without the nodes they decide.

namespace cascade::budget {

// `closed`: nothing better than the incumbent is left. Otherwise `kernel` holds everything that may be better, with no
// decided nodes but node 0, and `prices` suit it. `bound` holds for everything that may be better than the incumbent,
// `ceiling` for every selection.
struct Root {
  Kernel kernel;
  Multipliers prices;
  Pricing::Shares shares;  // one per node of the kernel
  std::int64_t bound = 0, ceiling = 0;
  bool closed = false;
};

// The bound to report once nothing worth finding is left; it holds for every selection.
std::int64_t settled_bound(const Incumbent& incumbent, std::uint32_t gap_ppm, std::int64_t ceiling);

Root work_root(Kernel kernel, Incumbent& incumbent, std::uint32_t gap_ppm);

// Decides nodes by the bound: if the other choice for a node would lower the bound too far, it need not be searched.

// The loss in the bound if the status of a free node is reversed, from the relaxation's last pass and selection: taken
// in together with its parents, or left out.
void find_losses(const Relaxation& relaxation, std::vector<Fixed>& losses);

enum class Fixing : std::uint8_t { nothing, something, contradiction };
// Decides every free node whose loss exceeds `slack`, or that is too expensive with its parents.
Fixing fix(const Kernel& kernel, const Relaxation& relaxation, const std::vector<Fixed>& losses, Fixed slack,
           State& state);

// A straight way down: decides what the bound is surest of, adapts the prices, until nothing is left to decide.

// Offers what it meets on the way and at the end; `state` is unchanged on return, the relaxation is not. O(steps *
// passes); the number of steps is logarithmic in the free nodes. Each step decides one in `part` of the nodes that the
// bound has chosen: a larger `part` is finer, better and slower.
void dive(const Kernel& kernel, Relaxation& relaxation, Multipliers prices, Pricing::Shares shares,
          std::uint32_t gap_ppm, State& state, Incumbent& incumbent, std::uint32_t part = 4);

// Rebuilds a poor answer from a part of itself: with that part fixed, the bound has less to decide and errs less.

// Up to 24 times: keeps three fifths of the incumbent's groups, drops the others, and dives from there. After
// each try without a better answer a tenth less is kept. Stops once the incumbent is close to `bound`. Different
// numbers of `series` drop different groups.
void rebuild(const Kernel& kernel, const Multipliers& prices, const Pricing::Shares& shares, std::uint32_t gap_ppm,
             std::int64_t bound, std::uint32_t series, Incumbent& incumbent);

// More than a hundredth of the bound may be missing. True if there is no answer yet.
bool is_far_off(const Incumbent& incumbent, std::int64_t bound);

class Table {
 public:
  // `up` and `cost` are a relaxation's, `profit` one per node: any numbers whose sums stay within 62 bits. Amounts 0
  // .. room. Constant time and a quarter byte of memory per cell; cells = nodes * (room + 1).
  void build(const std::vector<std::uint32_t>& up, const std::vector<Fixed>& cost, const std::vector<Fixed>& profit,
             std::int64_t room);

  static constexpr Fixed unreachable = INT64_MIN / 2;
  Fixed best(std::int64_t amount) const { return best_[static_cast<std::size_t>(amount)]; }
  std::int64_t room() const noexcept { return room_; }

  // Returns one set of that profit and amount, one flag per node.
  std::vector<std::uint8_t> trace(std::int64_t amount) const;

  // Returns what all such sets share: bit 0, some set holds the node; bit 1, some set does not. Visits at most
  // `most_states` states; empty: that was not enough.
  std::vector<std::uint8_t> span(std::int64_t amount, std::size_t most_states) const;

 private:
  bool can_take(std::uint32_t node, std::int64_t amount) const { return bit(take_, node, amount); }
  bool can_skip(std::uint32_t node, std::int64_t amount) const { return bit(skip_, node, amount); }
  bool bit(const std::vector<std::uint64_t>& plane, std::uint32_t node, std::int64_t amount) const {
    const std::size_t word = node * words_ + static_cast<std::size_t>(amount) / 64;
    return (plane[word] >> (static_cast<std::size_t>(amount) % 64) & 1U) != 0;
  }
  void fill_row(std::uint32_t node, const Fixed* skipped, const Fixed* taken, Fixed* into, std::int64_t most);

  std::int64_t room_ = 0;
  std::size_t words_ = 0;            // of a row of bits
  std::vector<std::uint32_t> next_;  // the node after a subtree
  std::vector<Fixed> cost_, profit_;
  std::vector<std::uint64_t> take_, skip_;  // taking, or skipping, the node reaches the best
  std::vector<Fixed> best_;
};

class Node {
 public:
  Node(Root root, Incumbent& incumbent, std::uint32_t gap_ppm);

  // closed: nothing that agrees with the decisions is better than the incumbent.
  enum class Verdict : std::uint8_t { closed, open };
  Verdict start() { return state_.start() ? Verdict::open : Verdict::closed; }
  // Bounds the node with at most `passes` steps per round, offers what it meets, decides what the bound decides, and
  // learns.
  Verdict bound(std::uint32_t passes);
  // Returns the free node to branch on. REQUIRES: the last bound() left the node open.
  std::uint32_t choose() const;
  // Dives from here. Call bound() before the next choose().
  void dive_down();
  // Rebuilds the incumbent from what every selection holds. `bound` applies to all of them.
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
  std::vector<Fixed> losses_;
  Table table_;
  std::int64_t upper_ = 0;
  std::uint64_t work_ = 0;     // in cells
  std::uint64_t bounded_ = 0;  // calls of bound()
  std::int64_t cells_allowed_ = 65'536;
  std::size_t learned_ = 0;    // heads and members of learned clauses
  bool earlier_only_ = false;  // only an equal answer that comes first can still be found
};

struct SearchLimits {
  std::uint64_t nodes = 0;
  std::uint32_t gap_ppm = 0;
  std::uint64_t tie_nodes = ~std::uint64_t{0};
};

// `bound`: no selection is worth more. `complete`: the incumbent is the canonical optimum (or within the gap). With
// more nodes the incumbent is never worse and the bound never greater.
struct SearchResult {
  std::int64_t bound = 0;
  std::uint64_t nodes = 0;
  bool complete = false;
};

SearchResult search(Root root, Incumbent& incumbent, const SearchLimits& limits);

}  // namespace cascade::budget
