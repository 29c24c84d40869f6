#include "usage/interval.h"

namespace cascade::usage {
namespace {

constexpr std::uint64_t unit = 1'000'000, most = 1'000'000;
constexpr std::uint64_t z = 1'959'964, z_squared = 3'841'459;  // of 95 %, in millionths

// The largest number whose square is not above `value`.
std::uint64_t root_of(std::uint64_t value) noexcept {
  std::uint64_t root = 0;
  for (std::uint64_t bit = std::uint64_t{1} << 31; bit > 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= value) root += bit;
  return root;
}

std::int64_t signed_of(std::uint64_t value) noexcept { return static_cast<std::int64_t>(value); }

}  // namespace

Share share_of(Count count) noexcept {
  if (count.of == 0) return {};
  while (count.of > most) count = {count.hits / 2, count.of / 2};
  if (count.hits > count.of) count.hits = count.of;
  const std::uint64_t n = count.of, x = count.hits;
  Share share;
  share.value = signed_of(x * unit / n);
  // (2x + z^2 -+ z sqrt(z^2 + 4x(n-x)/n)) / 2(n + z^2), above and below the line in millionths
  const std::uint64_t under_root = z_squared + 4 * x * (n - x) / n * unit + 4 * x * (n - x) % n * unit / n;
  const std::uint64_t root = under_root <= unit * unit ? root_of(under_root * unit) : root_of(under_root) * 1'000;
  const std::uint64_t spread = z * (root / 1'000) / 1'000 + z * (root % 1'000) / unit;
  const std::uint64_t middle = 2 * x * unit + z_squared, below = 2 * (n * unit + z_squared);
  const auto part = [&](std::uint64_t top) {  // top / below in millionths; the line below is at most 2 * 10^12
    return signed_of(top / below * unit + top % below * (unit / 1'000) / below * 1'000 +
                     top % below * (unit / 1'000) % below * 1'000 / below);
  };
  share.low = x == 0 ? 0 : part(middle > spread ? middle - spread : 0);
  share.high = x == n ? signed_of(unit) : part(middle + spread);
  return share;
}

Share difference_of(Count a, Count b) noexcept {
  const Share first = share_of(a), second = share_of(b);
  Share difference;
  difference.value = first.value - second.value;
  if (a.of == 0 || b.of == 0) return {difference.value, -signed_of(unit), signed_of(unit)};
  const auto length = [](std::int64_t one, std::int64_t other) {
    return signed_of(root_of(static_cast<std::uint64_t>(one * one + other * other)));
  };
  difference.low = difference.value - length(first.value - first.low, second.high - second.value);
  difference.high = difference.value + length(first.high - first.value, second.value - second.low);
  return difference;
}

}  // namespace cascade::usage
