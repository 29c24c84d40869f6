// A prompt's evidence for a manifest is weighed in two ways: the shipped library's by what prompts taught, any other's
// by words alone. Scores of the two ways do not compare, but the points of their gates do: both are the logarithm of
// how likely an answer is wanted. So the lanes' best are compared by points, and every other manifest keeps its
// distance to the best of its lane.
#include "route/answer/lane.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace cascade::route {
namespace {

constexpr std::uint32_t called = 1'000'000;  // entries called by name score this or more
constexpr std::int32_t points_a_bit = 42;    // between the lanes' best
constexpr std::int32_t near = 90;            // lanes less far apart are rivals
constexpr std::int32_t close = 150;          // and of these, both have their best named

// score * 2^(bits / 64) for bits from -64 * 20 to 64 * 8.
std::uint32_t scaled(std::uint64_t score, std::int32_t bits) {
  constexpr std::array<std::uint32_t, 6> roots{92682, 77936, 71468,
                                               68438, 66971, 66250};  // 2^16 * 2^(1/2), 2^(1/4) ...
  bits = std::min(bits, 64 * 8);
  if (bits <= -64 * 20) return 1;
  const std::int32_t whole = (bits + 64 * 20) / 64 - 20, part = bits - whole * 64;
  std::uint64_t value = score << 8;
  for (std::int32_t i = 0, bit = 32; bit != 0; ++i, bit /= 2)
    if ((part & bit) != 0) value = value * roots[static_cast<std::size_t>(i)] >> 16;
  value = whole >= 0 ? value << whole : value >> -whole;
  return static_cast<std::uint32_t>(std::clamp<std::uint64_t>(value >> 8, 1, called - 1));
}

}  // namespace

// Fitted on prompts for nine libraries beside the shipped one, and on prompts for the shipped one beside these: where
// both lanes fit equally well by their own measure, the user's own manifest is meant.
std::int32_t own_ahead(const Lane& own, const Lane& shipped) noexcept {
  constexpr std::int32_t by_chance = 60;  // against an own manifest that shares too little with the prompt
  const std::int32_t ahead =
      own.points * 49 / 100 + 60 - shipped.points - (is_supported(own.signals, true) ? 0 : by_chance);
  return own.signals.for_files != 0 ? std::max(ahead, near) : ahead;
}

// Two that both would be spoken for, and nearly even, are a question for the user.
bool are_rivals(const Lane& own, const Lane& shipped, Caution caution) noexcept {
  const auto speaks = [&](const Lane& lane) { return lane.points >= thresholds(lane.signals, caution).offer; };
  return speaks(own) && speaks(shipped) && std::abs(own_ahead(own, shipped)) < near;
}

std::vector<Ranked> merged(const Lane& own, const Lane& shipped, Caution caution) {
  const bool own_first = own.is_called() || (!shipped.is_called() && own_ahead(own, shipped) >= 0);
  const Lane &first = own_first ? own : shipped, &second = own_first ? shipped : own;
  const std::int32_t behind = own_first ? own_ahead(own, shipped) : -own_ahead(own, shipped);
  const std::int32_t bits = -behind * 64 / points_a_bit;
  const std::uint64_t top = std::min(first.order.front().score, called - 1);
  const std::uint64_t other_top = std::max<std::uint32_t>(1, second.order.front().score);
  std::vector<Ranked> all = first.order;
  for (const Ranked& ranked : second.order) {
    const std::uint64_t even = std::min<std::uint64_t>(ranked.score, other_top) * top / other_top;
    all.push_back({ranked.entry, std::min(scaled(even, std::min(bits, 0)), first.order.front().score)});
  }
  if (behind < close && second.points >= thresholds(second.signals, caution).offer) {
    Ranked& best = all[first.order.size()];
    best.score = std::max(best.score, all.size() > 1 && first.order.size() > 1 ? first.order[1].score : best.score);
    std::rotate(all.begin() + 1, all.begin() + static_cast<std::ptrdiff_t>(first.order.size()),
                all.begin() + static_cast<std::ptrdiff_t>(first.order.size()) + 1);
    std::stable_sort(all.begin() + 2, all.end(), is_better);
  } else {
    std::stable_sort(all.begin() + 1, all.end(), is_better);  // the first lane's best stays first
  }
  return all;
}

// A second name is offered where it is right about as often as the first. Lessons put one far behind that is; by words
// alone only what is close is.
std::size_t offered_of(const Tables& tables, const std::vector<Ranked>& order) noexcept {
  constexpr std::uint64_t close = 850, within_four_bits = 62;  // per mille of the first's score
  if (order.size() < 2) return order.size();
  const auto is_own = [&](const Ranked& ranked) { return !of_shipped(tables.entries[ranked.entry]); };
  const std::uint64_t least = is_own(order[0]) && is_own(order[1]) ? close : within_four_bits;
  return order[1].score * std::uint64_t{1000} >= order[0].score * least ? 2 : 1;
}

void prefer_near(const Tables& tables, std::vector<Ranked>& order) {
  constexpr std::uint32_t farther = 930;  // per mille for each step of origin
  const auto origin = [&](const Ranked& ranked) {
    const auto scope = static_cast<Scope>(tables.entries[ranked.entry].origin & ~is_shipped);
    return scope == Scope::project || scope == Scope::managed ? 0 : scope == Scope::user ? 1 : 2;
  };
  int nearest = 2, farthest = 0;
  for (const Ranked& ranked : order) {
    nearest = std::min(nearest, origin(ranked));
    farthest = std::max(farthest, origin(ranked));
  }
  if (nearest >= farthest) return;
  for (Ranked& ranked : order) {
    if (ranked.score >= called) continue;
    for (int step = nearest; step < origin(ranked); ++step)
      ranked.score =
          std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::uint64_t{ranked.score} * farther / 1000));
  }
  std::sort(order.begin(), order.end(), is_better);
}

}  // namespace cascade::route
