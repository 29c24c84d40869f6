#include "facts/log2.h"

#include <bit>

namespace cascade::recall {

// The whole part of the logarithm is the place of the highest bit. For the fraction it squares the mantissa repeatedly:
// each square doubles the logarithm and so moves one more binary digit in front of the point.
std::uint32_t log2_64(std::uint64_t value) noexcept {
  const auto whole = static_cast<std::uint32_t>(std::bit_width(value) - 1);
  std::uint64_t mantissa = value << 32 >> whole;
  std::uint32_t result = whole * 64;
  for (std::uint32_t bit = 32; bit > 0; bit /= 2) {
    mantissa = (mantissa >> 16) * (mantissa >> 16);
    if ((mantissa >> 33) != 0) {
      mantissa >>= 1;
      result += bit;
    }
  }
  return result;
}

}  // namespace cascade::recall
