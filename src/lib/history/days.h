// Days in UTC, and dates as people write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cascade::metrics {

using Day = std::int32_t;  // since 1970-01-01

// Null: not a date of the years 1970 to 9999, "2026-01-31".
std::optional<Day> day_of_date(std::string_view date);
std::string date_of(Day day);

// Seconds since 1970 of "2026-01-31T12:00:00Z", with an offset instead of Z, or of a date alone. Null: neither.
std::optional<std::int64_t> time_of(std::string_view text);

// The day of a time; null: on the first day of 1970, which is what a commit without a date has, before it or after
// 9999: no clock that is right says so.
std::optional<Day> day_of(std::int64_t time);

}  // namespace cascade::metrics
