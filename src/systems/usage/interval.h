// Shares and their intervals, in whole millionths, so that they are the same on every machine.
#pragma once

#include <cstdint>

namespace cascade::usage {

struct Count {
  std::uint64_t hits = 0, of = 0;
};

// In millionths. `low` and `high` are the ends of the 95 % interval; without anything to count, 0 to 1.
struct Share {
  std::int64_t value = 0, low = 0, high = 1'000'000;
};

// Wilson's score interval. REQUIRES: hits <= of. Above a million, both are scaled down first.
Share share_of(Count count) noexcept;
// The difference of two shares with Newcombe's interval, which is made of both Wilson intervals. From -1 to 1.
Share difference_of(Count a, Count b) noexcept;

}  // namespace cascade::usage
