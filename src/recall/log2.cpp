#include "recall/log2.h"

namespace cascade::recall {

// Halves the value for the whole part of the logarithm. For the fraction it squares the mantissa repeatedly: each
// square doubles the logarithm and so moves one more binary digit in front of the point.
std::uint32_t log2_64(std::uint64_t value) noexcept {
  std::uint32_t whole = 0;
  std::uint64_t mantissa = value << 32;
  for (; (mantissa >> 33) != 0; mantissa >>= 1) ++whole;
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
