// Seeded packing problems of any size, for measurements and long tests.
#pragma once

#include <cascade/budget.h>

#include <cstdint>

namespace packing_bench {

// How value follows cost. independent: micro-units, any value for any cost. weak: near the cost. strong: the cost and a
// constant. equal: the cost itself. steep: few sections hold most of the value, many hold none.
enum class Values : std::uint8_t { independent, weak, strong, equal, steep };

struct Shape {
  std::uint32_t sections = 200;
  std::uint64_t seed = 1;
  Values values = Values::weak;
  std::uint32_t budget_percent = 25;  // of the tokens of all sections
  bool chars_bind = false;            // a second budget, as tight
  std::uint32_t slots = 0;            // fixed slots, together a little tighter than the budget
  // Of the groups, in percent.
  std::uint32_t second_referrers = 0, back_edges = 0, require_all = 0, require_any = 0, conflicts = 0;
  // Of the sections, in percent.
  std::uint32_t shared = 0, pinned = 0, shorter_forms = 0;
};

cascade::PackingProblem generate(const Shape& shape);

// A few dozen shapes that together have every feature; `index` below shape_count().
std::uint32_t shape_count();
const char* shape_name(std::uint32_t index);
Shape named_shape(std::uint32_t index, std::uint32_t sections, std::uint64_t seed);

}  // namespace packing_bench
