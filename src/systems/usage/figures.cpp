// How figures add up, and the week that a time is in.
#include "usage/figures.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace cascade::usage {

void Explored::add_sent(std::uint32_t withheld_ppm, bool used) {
  if (withheld_ppm == 0) return;
  ++by_chance[withheld_ppm].first.of;
  by_chance[withheld_ppm].first.hits += used ? 1 : 0;
}

void Explored::add_withheld(std::uint32_t withheld_ppm, bool shown) {
  if (withheld_ppm == 0) return;
  ++by_chance[withheld_ppm].second.of;
  by_chance[withheld_ppm].second.hits += shown ? 1 : 0;
}

// Within one probability every section had the same chance, so shares may be compared as they are. Several
// probabilities are weighted by how many sections each decided about.
Share Explored::difference() const noexcept {
  std::int64_t all = 0;
  Share sum{0, 0, 0};
  for (const auto& [ppm, counts] : by_chance) {
    if (counts.first.of == 0 || counts.second.of == 0) continue;
    const auto weight = static_cast<std::int64_t>(counts.first.of + counts.second.of);
    const Share one = difference_of(counts.first, counts.second);
    sum = {sum.value + weight * one.value, sum.low + weight * one.low, sum.high + weight * one.high};
    all += weight;
  }
  if (all == 0) return {0, -1'000'000, 1'000'000};
  return {sum.value / all, sum.low / all, sum.high / all};
}

Count Explored::sent() const noexcept {
  Count count;
  for (const auto& [ppm, counts] : by_chance) count = {count.hits + counts.first.hits, count.of + counts.first.of};
  return count;
}

Count Explored::withheld() const noexcept {
  Count count;
  for (const auto& [ppm, counts] : by_chance) count = {count.hits + counts.second.hits, count.of + counts.second.of};
  return count;
}

Figures& Figures::operator+=(const Figures& other) {
  sent += other.sent;
  unknown += other.unknown;
  tokens += other.tokens;
  used.hits += other.used.hits;
  used.of += other.used.of;
  placebo.hits += other.placebo.hits;
  placebo.of += other.placebo.of;
  for (const auto& [sign, count] : other.signs) signs[sign] += count;
  for (const auto& [sign, count] : other.placebo_signs) placebo_signs[sign] += count;
  wasted += other.wasted;
  wasted_tokens += other.wasted_tokens;
  carried_tokens += other.carried_tokens;
  return *this;
}

Row& Row::operator+=(const Row& other) {
  figures += other.figures;
  loads += other.loads;
  ignored += other.ignored;
  offers += other.offers;
  taken += other.taken;
  refused += other.refused;
  std::vector<std::string> both;
  std::set_union(sessions.begin(), sessions.end(), other.sessions.begin(), other.sessions.end(),
                 std::back_inserter(both));
  sessions = std::move(both);
  return *this;
}

// A week belongs to the year of its Thursday.
std::string week_of(std::int64_t at) {
  namespace calendar = std::chrono;
  const auto day = calendar::floor<calendar::days>(calendar::sys_seconds{calendar::seconds{at}});
  const auto of_week = static_cast<int>(calendar::weekday{day}.iso_encoding());  // 1: Monday
  const auto thursday = day + calendar::days{4 - of_week};
  const calendar::year year = calendar::year_month_day{thursday}.year();
  const auto week = (thursday - calendar::sys_days{year / calendar::January / 1}).count() / 7 + 1;
  return std::to_string(static_cast<int>(year)) + "-W" + (week < 10 ? "0" : "") + std::to_string(week);
}

}  // namespace cascade::usage
