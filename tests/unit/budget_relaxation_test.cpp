#include "budget/relaxation.h"

#include <catch2/catch.hpp>

namespace cascade::budget {

TEST_CASE("the largest prices of all rows sum to no overflow, clauses that a search may learn included") {
  Kernel kernel;
  kernel.nodes = 3;
  kernel.value = {0, std::int64_t{1} << 50, 7};
  kernel.cyclic = true;
  const Relaxation relaxation(kernel);
  constexpr Fixed room = Fixed{1} << 60;
  CHECK(relaxation.largest() > 0);
  CHECK(relaxation.largest() <= room / static_cast<Fixed>(most_learned(kernel)));
  CHECK(relaxation.scale() <= room / (kernel.value[1] + kernel.value[2]));
}

}  // namespace cascade::budget
