// A figure over every shift of a window: all spans of so many days, each beginning at a midnight in UTC.
#pragma once

#include <cstdint>
#include <vector>

#include "history/days.h"

namespace cascade::metrics {

struct Windows {
  std::uint32_t n = 0;  // how many windows there are
  std::uint64_t minimum = 0, maximum = 0;
  std::uint64_t twice_median = 0;     // of an even number of windows the median lies between two
  Day best = 0;                       // where the first window with the maximum begins
  std::vector<std::uint64_t> values;  // in order of days
};

// A number for each day from `first` on.
struct Daily {
  Day first = 0;
  std::vector<std::uint64_t> values;

  // From day to day, both included; what lies outside counts 0.
  std::uint64_t sum(Day from, Day to) const;
};

// A history shorter than the window is one window.
Windows windows_of(const Daily& daily, std::uint32_t length);

// Per mille of `of` in each window where `of` is not 0, rounded to the nearest.
Windows shares_of(const Daily& part, const Daily& of, std::uint32_t length);

// Per mille of each window in the `span` days that end with it; the first windows, for which there are fewer days, are
// left out.
Windows shares_of_span(const Daily& daily, std::uint32_t length, std::uint32_t span);

std::uint64_t per_mille(std::uint64_t part, std::uint64_t of);  // rounded to the nearest; of 0: 0

}  // namespace cascade::metrics
