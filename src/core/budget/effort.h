// How much work goes into one answer.
#pragma once

#include <cstdint>

namespace cascade::budget {

// Counts looks at nodes and at members of rows, wherever many of them are looked at. Nodes of the search alone would
// not do: on a large problem the work before the first of them, and each of them, has no bound of its own.
class Effort {
 public:
  explicit Effort(std::uint64_t most) : most_(most) {}

  void spend(std::uint64_t looks) noexcept { spent_ += looks; }
  bool is_over() const noexcept { return spent_ > most_; }
  // Whether another answer may be built: the first always, further ones until the effort is over.
  bool may_build() noexcept {
    const bool may = !has_built_ || !is_over();
    has_built_ = true;
    return may;
  }

 private:
  std::uint64_t spent_ = 0, most_;
  bool has_built_ = false;
};

}  // namespace cascade::budget
