// A valid selection that grows by one section at a time.
#pragma once

#include <cascade/budget.h>

#include <cstdint>
#include <utility>
#include <vector>

namespace packing_bench {

// Adds a section together with all that it needs: its head and pinned sections, the shortest way of closed groups from
// an open one, requirements, of several the first that excludes nothing open. Simple and complete, not fast.
class Bag {
 public:
  explicit Bag(const cascade::PackingProblem& problem);

  // Opens the roots. False when their requirements exclude each other or exceed a limit.
  bool start();
  // too_much: a limit would be exceeded; impossible: something open excludes it. Both leave the bag as it was.
  enum class Added : std::uint8_t { in, too_much, impossible };
  Added add(std::uint32_t group, std::uint32_t item);

  std::uint64_t value() const { return value_; }

 private:
  using Mark = std::pair<std::size_t, std::size_t>;
  bool open(std::uint32_t group);
  bool reach(std::uint32_t group);
  bool require(std::uint32_t group);
  bool take(std::uint32_t group, std::uint32_t item);
  void undo(Mark mark);
  bool fits() const;
  bool is_excluded(std::uint32_t group) const;
  bool ordered_fits() const;
  Mark mark() const { return {opened_.size(), taken_.size()}; }

  const cascade::PackingProblem& problem_;
  std::vector<std::vector<std::uint32_t>> content_, excluded_, referrers_;  // of items; of groups; of groups
  std::vector<std::uint8_t> open_, in_;                                     // groups; contents
  std::vector<std::uint32_t> set_;  // how many contents of an alternative are in
  std::vector<std::uint32_t> opened_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> taken_;
  std::vector<std::uint64_t> used_;  // tokens, chars, fixed slots
  std::uint64_t value_ = 0;
};

}  // namespace packing_bench
