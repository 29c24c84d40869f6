// Figures as a number of people, with divisors that others have published. Not productivity: it says how many people
// would have to work for as many lines, if lines were what people made.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "metrics/figures.h"

namespace cascade::metrics {

struct Divisor {
  std::string_view figure;  // of figures.h
  std::uint32_t a_day = 0;  // by one person
};
std::span<const Divisor> divisors() noexcept;

struct Equivalent {
  std::string_view figure;
  std::uint32_t a_day = 0;
  std::uint64_t days = 0;
  std::uint64_t people = 0;  // rounded to the nearest; a half goes up
  Grade grade = Grade::approximate;
  Windows windows;  // people by window
};

std::uint64_t people_for(std::uint64_t value, std::uint64_t days, std::uint64_t a_day);

// `window_days`: the length of the figures' windows.
std::vector<Equivalent> equivalents_of(const std::vector<Figure>& figures, const Range& range,
                                       std::uint64_t window_days);

}  // namespace cascade::metrics
