// Finds the best set of nodes closed upwards in the tree for every exact amount of one dimension, by dynamic
// programming over the preorder: at each node either its whole subtree is skipped, or the node is paid and the next
// one follows.
#pragma once

#include "budget/relaxation.h"

#include <cstdint>
#include <vector>

namespace cascade::budget {

class Table {
 public:
  // `up` and `cost` are a relaxation's, `profit` one per node: any numbers whose sums stay within 62 bits. Amounts 0
  // .. room. Constant time and a quarter byte of memory per cell; cells = nodes * (room + 1).
  void build(const std::vector<std::uint32_t>& up, const std::vector<Fixed>& cost, const std::vector<Fixed>& profit,
             std::int64_t room);

  static constexpr Fixed unreachable = INT64_MIN / 2;
  // The greatest profit with exactly `amount`.
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

}  // namespace cascade::budget
