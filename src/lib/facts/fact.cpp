// Dates are days of the Gregorian calendar in UTC, without the system's time zone: a fact that ends on a day ends at
// the same moment on every machine.
#include "facts/fact.h"

#include <chrono>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::recall {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;

std::string two(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

constexpr letters::Names<Scope::team> scope_names("project", "user", "team");
std::string_view to_string(Scope scope) noexcept { return scope_names.of(scope); }

std::optional<Scope> parse_scope(std::string_view text) noexcept { return scope_names.find(text); }

constexpr letters::Names<State::retired> state_names("live", "candidate", "superseded", "retired");
std::string_view to_string(State state) noexcept { return state_names.of(state); }

std::optional<State> parse_state(std::string_view text) noexcept { return state_names.find(text); }

std::string date_of(std::int64_t seconds) {
  if (seconds <= 0) return {};
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{seconds / seconds_a_day}}};
  return std::to_string(static_cast<int>(date.year())) + "-" + two(static_cast<unsigned>(date.month())) + "-" +
         two(static_cast<unsigned>(date.day()));
}

std::optional<std::int64_t> begin_of_day(std::string_view date) {
  if (date.size() < 10 || date[4] != '-' || date[7] != '-' || (date.size() > 10 && date[10] != 'T'))
    return std::nullopt;
  int parts[3] = {0, 0, 0};
  const std::size_t begins[3] = {0, 5, 8}, lengths[3] = {4, 2, 2};
  for (int part = 0; part < 3; ++part)
    for (const char c : date.substr(begins[part], lengths[part])) {
      if (!letters::is_digit(c)) return std::nullopt;
      parts[part] = parts[part] * 10 + (c - '0');
    }
  const std::chrono::year_month_day day{std::chrono::year{parts[0]},
                                        std::chrono::month{static_cast<unsigned>(parts[1])},
                                        std::chrono::day{static_cast<unsigned>(parts[2])}};
  if (parts[0] < 1970 || !day.ok()) return std::nullopt;
  return std::chrono::sys_days{day}.time_since_epoch().count() * seconds_a_day;
}

std::optional<std::int64_t> end_of_day(std::string_view date) {
  const auto begin = begin_of_day(date);
  return begin ? std::optional<std::int64_t>(*begin + seconds_a_day - 1) : std::nullopt;
}

}  // namespace cascade::recall
