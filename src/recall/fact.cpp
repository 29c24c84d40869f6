// Dates are turned into seconds and back by arithmetic on the Gregorian calendar in UTC, without the system's time
// zone: a fact that ends on a day ends at the same moment on every machine.
#include "recall/fact.h"

#include <array>

#include "text/ascii.h"

namespace cascade::recall {
namespace {

constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::array<Scope, 3> scopes = {Scope::project, Scope::user, Scope::team};
constexpr std::array<State, 4> states = {State::live, State::candidate, State::superseded, State::retired};

// Days from 1970-01-01 to a Gregorian date; date_of() is the inverse. Years begin in March, so that the leap day comes
// last, and are grouped into eras of 400, after which the calendar repeats.
std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = year / 400, of_era = year - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

std::string two(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

}  // namespace

std::string_view to_string(Scope scope) noexcept {
  switch (scope) {
    case Scope::project: return "project";
    case Scope::user: return "user";
    case Scope::team: return "team";
  }
  return "project";
}

std::optional<Scope> parse_scope(std::string_view text) noexcept {
  for (const Scope scope : scopes)
    if (text == to_string(scope)) return scope;
  return std::nullopt;
}

std::string_view to_string(State state) noexcept {
  switch (state) {
    case State::live: return "live";
    case State::candidate: return "candidate";
    case State::superseded: return "superseded";
    case State::retired: return "retired";
  }
  return "live";
}

std::optional<State> parse_state(std::string_view text) noexcept {
  for (const State state : states)
    if (text == to_string(state)) return state;
  return std::nullopt;
}

std::string date_of(std::int64_t seconds) {
  if (seconds <= 0) return {};
  const std::int64_t days = seconds / seconds_a_day + 719'468;
  const std::int64_t era = days / 146'097, of_era = days - era * 146'097;
  const std::int64_t year_of_era = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153, day = of_year - (153 * shifted + 2) / 5 + 1;
  const std::int64_t month = shifted + (shifted < 10 ? 3 : -9);
  return std::to_string(year_of_era + era * 400 + (month <= 2 ? 1 : 0)) + "-" + two(month) + "-" + two(day);
}

std::optional<std::int64_t> begin_of_day(std::string_view date) {
  if (date.size() < 10 || date[4] != '-' || date[7] != '-' || (date.size() > 10 && date[10] != 'T'))
    return std::nullopt;
  std::int64_t parts[3] = {0, 0, 0};
  const std::size_t begins[3] = {0, 5, 8}, lengths[3] = {4, 2, 2};
  for (int part = 0; part < 3; ++part)
    for (const char c : date.substr(begins[part], lengths[part])) {
      if (!letters::is_digit(c)) return std::nullopt;
      parts[part] = parts[part] * 10 + (c - '0');
    }
  if (parts[0] < 1970 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31) return std::nullopt;
  const std::int64_t seconds = days_of(parts[0], parts[1], parts[2]) * seconds_a_day;
  if (seconds > 0 && date_of(seconds) != date.substr(0, 10)) return std::nullopt;  // the 31st of a shorter month
  return seconds;
}

std::optional<std::int64_t> end_of_day(std::string_view date) {
  const auto begin = begin_of_day(date);
  return begin ? std::optional<std::int64_t>(*begin + seconds_a_day - 1) : std::nullopt;
}

}  // namespace cascade::recall
