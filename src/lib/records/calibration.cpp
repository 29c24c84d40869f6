// Wilson's interval, computed in 64-bit integers scaled by a million, with the square root found by bisection:
// floating point could round differently on another machine and so promote a gate there and not here. Roots and
// quotients are rounded outwards, so the interval is never narrower than the exact one.
#include "records/calibration.h"

#include <algorithm>

#include "text/names.h"

namespace cascade::gate {
namespace {

constexpr std::uint64_t million = 1'000'000;
constexpr std::uint64_t z2 = 3'841'459;  // 1.959964 squared, in millionths

// Returns the least number whose square is at least `value`.
std::uint64_t root_above(std::uint64_t value) noexcept {
  std::uint64_t low = 0, high = std::uint64_t{1} << 32;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (middle * middle >= value)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

bool allows(Level level, Counts counts) noexcept { return level_of(counts) >= level; }

}  // namespace

constexpr letters::Names<Level::block> level_names("shadow", "warn", "block");
std::string_view to_string(Level level) noexcept { return level_names.of(level); }

std::optional<Level> parse_level(std::string_view text) noexcept { return level_names.find(text); }

// (2r + z² ± z·sqrt(z² + 4rw/n)) / (2(n + z²)), with the factor z moved into the root.
Interval interval(Counts counts) noexcept {
  const std::uint64_t n = counts.total();
  if (n == 0) return {0, million};
  if (n > million) {  // larger counts change nothing visible
    const std::uint64_t right = counts.right / (n / million + 1);
    return interval({right, counts.wrong / (n / million + 1)});
  }
  const std::uint64_t spread = (counts.right * counts.wrong * (million / 4) + n - 1) / n;  // rw/n, in 4 millionths
  const std::uint64_t root = root_above(z2 * z2 + 16 * z2 * spread);
  const std::uint64_t middle = 2 * counts.right * million + z2, whole = 2 * (n * million + z2);
  const std::uint64_t lower = middle > root ? (middle - root) * million / whole : 0;
  const std::uint64_t upper = ((middle + root) * million + whole - 1) / whole;
  return {static_cast<std::uint32_t>(lower), static_cast<std::uint32_t>(std::min(upper, million))};
}

Level level_of(Counts counts) noexcept {
  const std::uint32_t lower = interval(counts).lower;
  return lower >= to_block_ppm ? Level::block : lower >= to_warn_ppm ? Level::warn : Level::shadow;
}

bool is_decision(std::uint64_t outcomes) noexcept {
  return outcomes >= first_decision && next_decision(outcomes - 1) == outcomes;
}

std::string to_string(Interval interval) {
  const auto digits = [](std::uint32_t ppm) {
    const std::uint32_t hundredths = ppm / 10'000;
    return std::to_string(hundredths / 100) + "." + std::to_string(hundredths / 10 % 10) +
           std::to_string(hundredths % 10);
  };
  return digits(interval.lower) + " to " + digits(interval.upper);
}

std::uint64_t next_decision(std::uint64_t outcomes) noexcept {
  std::uint64_t at = first_decision;
  while (at <= outcomes) at *= 2;
  return at;
}

Level next_level(Level earned, Counts counts, std::uint64_t standing, bool grew) noexcept {
  const Level held = std::min(earned, level_of(counts));
  if (!grew || !is_decision(counts.total())) return held;
  return std::max(held, level_of({counts.right, counts.wrong + standing}));
}

Way way_to(Level level, Counts counts) noexcept {
  Way way;
  way.outcomes = next_decision(counts.total());
  while (!allows(level, {way.outcomes - counts.wrong, counts.wrong})) way.outcomes *= 2;
  way.more = way.outcomes - counts.total();
  std::uint64_t low = 0, high = way.more;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (allows(level, {counts.right + middle, counts.wrong + way.more - middle}))
      high = middle;
    else
      low = middle + 1;
  }
  way.right = low;
  return way;
}

}  // namespace cascade::gate
