// The best answer found so far, and the work that may still go into a better one.
#pragma once

#include <cstdint>
#include <vector>

#include "budget/kernel.h"
#include "budget/relaxation.h"
#include "budget/state.h"

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

}  // namespace cascade::budget
