#include <catch2/catch.hpp>

#include "usage/figures.h"
#include "usage/report.h"

using namespace cascade::usage;

namespace {

// Compared with the usual formulas in floating point, to a millionth of rounding.
void check_share(Count count, std::int64_t value, std::int64_t low, std::int64_t high) {
  const Share share = share_of(count);
  CHECK(share.value == value);
  CHECK(std::abs(share.low - low) <= 40);
  CHECK(std::abs(share.high - high) <= 40);
}

TEST_CASE("a share has Wilson's interval") {
  check_share({0, 10}, 0, 0, 277'534);
  check_share({10, 10}, 1'000'000, 722'467, 1'000'000);
  check_share({5, 10}, 500'000, 236'590, 763'410);
  check_share({1, 100}, 10'000, 1'767, 54'486);
  check_share({333, 1000}, 333'000, 304'489, 362'798);
  check_share({500'000, 1'000'000}, 500'000, 499'020, 500'980);
}

TEST_CASE("of nothing, a share may be anything") {
  CHECK(share_of({}).low == 0);
  CHECK(share_of({}).high == 1'000'000);
}

TEST_CASE("more than a million are scaled down, not overflowed") {
  const Share share = share_of({3'000'000'000, 4'000'000'000});
  CHECK(std::abs(share.value - 750'000) <= 2);
  CHECK(share.low < share.value);
  CHECK(share.value < share.high);
}

}  // namespace
