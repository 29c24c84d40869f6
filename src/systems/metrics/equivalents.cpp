#include "metrics/equivalents.h"

#include <algorithm>

namespace cascade::metrics {
namespace {

constexpr Divisor divisor_rows[] = {
    {"lines_added", 50},    {"lines_added", 80},     {"lines_added", 100}, {"lines_authored", 50},
    {"lines_authored", 80}, {"lines_authored", 100}, {"commits", 5},       {"commits", 10},
};

}  // namespace

std::span<const Divisor> divisors() noexcept { return divisor_rows; }

std::uint64_t people_for(std::uint64_t value, std::uint64_t days, std::uint64_t a_day) {
  const std::uint64_t divisor = days * a_day;
  return divisor == 0 ? 0 : value / divisor + (2 * (value % divisor) >= divisor ? 1 : 0);
}

std::vector<Equivalent> equivalents_of(const std::vector<Figure>& figures, const Range& range,
                                       std::uint64_t window_days) {
  std::vector<Equivalent> found;
  for (const Divisor& row : divisor_rows) {
    const Figure& figure = *find_figure(figures, row.figure);
    Equivalent one{row.figure,
                   row.a_day,
                   range.days(),
                   people_for(figure.value, range.days(), row.a_day),
                   std::max(figure.grade, Grade::approximate),
                   {}};
    const Windows& all = *figure.windows;
    // Rounding keeps the order, so the windows' people are those of their least, middle and largest values.
    std::vector<std::uint64_t> values = all.values;
    std::sort(values.begin(), values.end());
    one.windows.n = all.n;
    one.windows.minimum = people_for(all.minimum, window_days, row.a_day);
    one.windows.maximum = people_for(all.maximum, window_days, row.a_day);
    for (const std::size_t middle : {(values.size() - 1) / 2, values.size() / 2})
      if (!values.empty()) one.windows.twice_median += people_for(values[middle], window_days, row.a_day);
    one.windows.best = all.best;
    found.push_back(std::move(one));
  }
  return found;
}

}  // namespace cascade::metrics
