// Square roots of whole numbers, alike on every machine.
#pragma once

#include <cstdint>

namespace cascade::recall {

// Rounded down. REQUIRES: 0 <= number < 2^50.
constexpr std::int64_t square_root(std::int64_t number) noexcept {
  std::int64_t root = 0;
  for (std::int64_t bit = std::int64_t{1} << 24; bit != 0; bit /= 2)
    if ((root + bit) * (root + bit) <= number) root += bit;
  return root;
}

}  // namespace cascade::recall
