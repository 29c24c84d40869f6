#include "history/days.h"

#include "text/ascii.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace cascade::metrics {
namespace {

constexpr std::int64_t day_length = 86'400;
constexpr Day last_day = 2'932'896;  // 9999-12-31

// Null: not exactly `digits` digits, or above `most`.
std::optional<int> number(std::string_view text, std::size_t digits, int most) {
  if (text.size() != digits || !std::all_of(text.begin(), text.end(), letters::is_digit)) return std::nullopt;
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value <= most ? std::optional(value) : std::nullopt;
}

// "Z", "+02:00", "-0530": seconds east of UTC.
std::optional<std::int64_t> offset_of(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = number(text.substr(1, 2), 2, 23);
  const auto minutes = number(text.substr(text[3] == ':' ? 4 : 3), 2, 59);
  if (!hours || !minutes) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (*hours * 3'600 + *minutes * 60);
}

}  // namespace

std::optional<Day> day_of_date(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  const auto year = number(date.substr(0, 4), 4, 9'999), month = number(date.substr(5, 2), 2, 12);
  const auto day = number(date.substr(8), 2, 31);
  if (!year || !month || !day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day parts{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day))};
  if (!parts.ok()) return std::nullopt;
  return std::chrono::sys_days(parts).time_since_epoch().count();
}

std::string date_of(Day day) {
  const std::chrono::year_month_day parts{std::chrono::sys_days(std::chrono::days(day))};
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(parts.year()),
                static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
  return text;
}

std::optional<std::int64_t> time_of(std::string_view text) {
  const auto day = day_of_date(text.substr(0, 10));
  if (!day) return std::nullopt;
  const std::int64_t midnight = *day * day_length;
  if (text.size() == 10) return midnight;
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto hour = number(text.substr(11, 2), 2, 23), minute = number(text.substr(14, 2), 2, 59);
  const auto second = number(text.substr(17, 2), 2, 60);
  std::string_view rest = text.substr(19);
  if (rest[0] == '.') {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return std::nullopt;
    rest.remove_prefix(end);
  }
  const auto offset = offset_of(rest);
  if (!hour || !minute || !second || !offset) return std::nullopt;
  return midnight + *hour * 3'600 + *minute * 60 + *second - *offset;
}

std::optional<Day> day_of(std::int64_t time) {
  if (time < day_length || time / day_length > last_day) return std::nullopt;
  return static_cast<Day>(time / day_length);
}

}  // namespace cascade::metrics
