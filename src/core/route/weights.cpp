// Halves the value for the whole part of its logarithm and squares the rest repeatedly for the fraction: each square
// doubles the logarithm and so yields one more binary digit. The standard library's logarithm may differ in the last
// bit between machines, and equal libraries must give equal tables.
#include "route/weights.h"

namespace cascade::route {

std::uint32_t log2_of(std::uint64_t value) noexcept {
  if (value <= 256) return 0;
  std::uint32_t whole = 0;
  while (value >= 512) {
    value = (value + 1) / 2;
    ++whole;
  }
  std::uint32_t fraction = 0;
  for (int digit = 0; digit < 6; ++digit) {
    value = value * value / 256;
    fraction *= 2;
    if (value >= 512) {
      value /= 2;
      ++fraction;
    }
  }
  return whole * 64 + fraction;
}

std::uint16_t rarity(std::size_t all, std::uint64_t sixteenths) noexcept {
  const std::uint64_t n = static_cast<std::uint64_t>(all) + 8;
  const std::uint64_t share = n * 256 * 16 / (sixteenths + 8);
  return static_cast<std::uint16_t>(log2_of(share + 64));
}

}  // namespace cascade::route
