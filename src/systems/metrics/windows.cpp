#include "metrics/windows.h"

#include <algorithm>

namespace cascade::metrics {
namespace {

// `at` 0: before the first day.
std::vector<std::uint64_t> sums_of(const Daily& daily) {
  std::vector<std::uint64_t> sums(daily.values.size() + 1);
  for (std::size_t i = 0; i < daily.values.size(); ++i) sums[i + 1] = sums[i] + daily.values[i];
  return sums;
}

void finish(Windows& windows, const std::vector<Day>& begins) {
  windows.n = static_cast<std::uint32_t>(windows.values.size());
  if (windows.n == 0) return;
  std::vector<std::uint64_t> sorted = windows.values;
  std::sort(sorted.begin(), sorted.end());
  windows.minimum = sorted.front();
  windows.maximum = sorted.back();
  windows.twice_median = sorted[(sorted.size() - 1) / 2] + sorted[sorted.size() / 2];
  const auto best = std::find(windows.values.begin(), windows.values.end(), windows.maximum);
  windows.best = begins[static_cast<std::size_t>(best - windows.values.begin())];
}

std::size_t length_in(const Daily& daily, std::uint32_t length) {
  return std::min<std::size_t>(std::max<std::uint32_t>(length, 1), daily.values.size());
}

}  // namespace

std::uint64_t Daily::sum(Day from, Day to) const {
  std::uint64_t sum = 0;
  const auto size = static_cast<std::int64_t>(values.size());
  const std::int64_t end = std::min<std::int64_t>(std::int64_t{to} - first + 1, size);
  for (std::int64_t i = std::max<std::int64_t>(std::int64_t{from} - first, 0); i < end; ++i)
    sum += values[static_cast<std::size_t>(i)];
  return sum;
}

std::uint64_t per_mille(std::uint64_t part, std::uint64_t of) {
  for (constexpr std::uint64_t largest = std::uint64_t{1} << 52; part > largest || of > largest; part /= 2) of /= 2;
  return of == 0 ? 0 : (part * 2'000 + of) / (2 * of);
}

Windows windows_of(const Daily& daily, std::uint32_t length) {
  Windows windows;
  std::vector<Day> begins;
  const std::vector<std::uint64_t> sums = sums_of(daily);
  const std::size_t span = length_in(daily, length);
  for (std::size_t begin = 0; span > 0 && begin + span <= daily.values.size(); ++begin) {
    windows.values.push_back(sums[begin + span] - sums[begin]);
    begins.push_back(daily.first + static_cast<Day>(begin));
  }
  finish(windows, begins);
  return windows;
}

Windows shares_of(const Daily& part, const Daily& of, std::uint32_t length) {
  Windows windows;
  std::vector<Day> begins;
  const std::vector<std::uint64_t> parts = sums_of(part), all = sums_of(of);
  const std::size_t span = length_in(of, length);
  for (std::size_t begin = 0; span > 0 && begin + span <= of.values.size(); ++begin) {
    const std::uint64_t whole = all[begin + span] - all[begin];
    if (whole == 0) continue;
    windows.values.push_back(per_mille(parts[begin + span] - parts[begin], whole));
    begins.push_back(of.first + static_cast<Day>(begin));
  }
  finish(windows, begins);
  return windows;
}

Windows shares_of_span(const Daily& daily, std::uint32_t length, std::uint32_t span) {
  Windows windows;
  std::vector<Day> begins;
  const std::vector<std::uint64_t> sums = sums_of(daily);
  for (std::size_t end = span; end <= daily.values.size(); ++end) {
    const std::uint64_t whole = sums[end] - sums[end - span];
    const std::size_t begin = end - std::min<std::size_t>(length, span);
    if (whole == 0) continue;
    windows.values.push_back(per_mille(sums[end] - sums[begin], whole));
    begins.push_back(daily.first + static_cast<Day>(begin));
  }
  finish(windows, begins);
  return windows;
}

}  // namespace cascade::metrics
