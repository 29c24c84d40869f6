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

// The day of a time; null: before 1970 or after 9999, which no clock says that is right.
std::optional<Day> day_of(std::int64_t time);

}  // namespace cascade::metrics
