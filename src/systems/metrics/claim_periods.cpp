#include "metrics/claims.h"

#include "text/ascii.h"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace cascade::metrics {
namespace {

using Tokens = std::span<const Token>;

bool is_text(Tokens tokens, std::size_t at, std::string_view text) {
  return at < tokens.size() && tokens[at].text == text;
}

template <class... Words>
bool is_one_of(Tokens tokens, std::size_t at, Words... words) {
  return (is_text(tokens, at, words) || ...);
}

// A year, a quarter, a month or a day, as the days that it has.
struct Date {
  int year = 0;  // 0: not said
  unsigned first_month = 1, last_month = 12, day = 0;
  std::size_t length = 0;
};

Day day_of_parts(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day_last last{std::chrono::year(year),
                                              std::chrono::month_day_last(std::chrono::month(month))};
  const std::chrono::year_month_day parts{std::chrono::year(year), std::chrono::month(month),
                                          std::min(std::chrono::day(day), last.day())};
  return static_cast<Day>(std::chrono::sys_days(parts).time_since_epoch().count());
}
Day first_of(const Date& date) { return day_of_parts(date.year, date.first_month, std::max(date.day, 1u)); }
Day last_of(const Date& date) { return day_of_parts(date.year, date.last_month, date.day == 0 ? 31 : date.day); }

unsigned small_number(std::string_view text) {
  unsigned value = 0;
  for (const char c : text.substr(0, 4)) value = value * 10 + static_cast<unsigned>(c - '0');
  return value;
}

bool is_year(Tokens tokens, std::size_t at) {
  if (at >= tokens.size() || !tokens[at].is_number || tokens[at].text.size() != 4) return false;
  if (tokens[at].text.find_first_not_of("0123456789") != std::string::npos) return false;
  const unsigned value = small_number(tokens[at].text);
  return value >= 1970 && value < 2100;
}

// "28", "28th"; 0: no day of a month.
unsigned day_number(Tokens tokens, std::size_t& at) {
  if (at >= tokens.size() || !tokens[at].is_number || tokens[at].text.size() > 2) return 0;
  const unsigned value = small_number(tokens[at].text);
  if (value < 1 || value > 31) return 0;
  ++at;
  if (is_one_of(tokens, at, "st", "nd", "rd", "th") && !tokens[at].follows_blank) ++at;
  return value;
}

void read_year(Tokens tokens, std::size_t& next, Date& date) {
  std::size_t at = next;
  if (is_one_of(tokens, at, ",", "of", "/")) ++at;
  if (!is_year(tokens, at)) return;
  date.year = static_cast<int>(small_number(tokens[at].text));
  next = at + 1;
}

Date iso_date_at(Tokens tokens, std::size_t at) {
  Date date;
  const std::string_view text = tokens[at].text;
  if (text.size() < 7 || text[4] != '-' || tokens[at].is_number || !letters::is_digit(text[0])) return date;
  const unsigned month = small_number(text.substr(5, 2)), day = text.size() > 8 ? small_number(text.substr(8)) : 0;
  const unsigned year = small_number(text);
  if (month < 1 || month > 12 || day > 31 || year < 1970) return date;
  return {static_cast<int>(year), month, month, day, 1};
}

Date date_at(Tokens tokens, std::size_t at) {
  if (at >= tokens.size()) return {};
  if (const Date iso = iso_date_at(tokens, at); iso.length > 0) return iso;
  Date date;
  std::size_t next = at;
  if (const FoundWord quarter = find_word(tokens, at, Form::quarter); quarter.row != nullptr) {
    next += quarter.length;
    read_year(tokens, next, date);
    if (date.year == 0) return {};
    date.last_month = 3 * small_number(quarter.row->value);
    date.first_month = date.last_month - 2;
    date.length = next - at;
    return date;
  }
  if (is_year(tokens, at)) return {static_cast<int>(small_number(tokens[at].text)), 1, 12, 0, 1};
  date.day = day_number(tokens, next);
  if (date.day > 0 && is_text(tokens, next, "of")) ++next;
  const FoundWord month = find_word(tokens, next, Form::month);
  if (month.row == nullptr || month.length == 0) return {};
  next += month.length;
  if (is_text(tokens, next, ".") && !tokens[next].follows_blank && tokens[next - 1].text.size() == 3) ++next;
  date.first_month = date.last_month = small_number(month.row->value);
  if (date.day == 0) {
    std::size_t behind = next;
    if (const unsigned day = day_number(tokens, behind); day > 0) {
      date.day = day;
      next = behind;
    }
  }
  read_year(tokens, next, date);
  if (date.year == 0 && date.day == 0 && is_text(tokens, at, "may")) return {};  // "may" is a verb, too
  date.length = next - at;
  return date;
}

FoundPeriod days_of(const Date& from, const Date& until, std::size_t length) {
  FoundPeriod found;
  found.period.kind = Period::Kind::days;
  found.length = length;
  Date begin = from, end = until;
  if (begin.year == 0) begin.year = end.year;
  if (end.year == 0) end.year = begin.year;
  if (begin.year == 0) {
    found.period.fault = "no year is said";
    return found;
  }
  found.period.from = first_of(begin);
  found.period.until = last_of(end);
  if (*found.period.until < *found.period.from) found.period.fault = "the period ends before it begins";
  return found;
}

// "2016", "May to July 2024", "2017-2020"; `is_between`: "and" joins the two, too.
FoundPeriod date_range_at(Tokens tokens, std::size_t at, bool is_between) {
  const Date from = date_at(tokens, at);
  if (from.length == 0) return {};
  std::size_t next = at + from.length;
  const bool joins =
      is_one_of(tokens, next, "to", "until", "till", "through", "-") || (is_between && is_text(tokens, next, "and"));
  if (joins) {
    if (is_text(tokens, next + 1, "the")) ++next;
    if (const Date until = date_at(tokens, next + 1); until.length > 0)
      return days_of(from, until, next + 1 + until.length - at);
  }
  return is_between ? FoundPeriod{} : days_of(from, from, from.length);
}

// "since 2020", "before May 2021": one side is open.
FoundPeriod open_at(Tokens tokens, std::size_t at) {
  std::size_t next = at + 1;
  const bool since = is_text(tokens, at, "since"), after = is_text(tokens, at, "after"),
             before = is_text(tokens, at, "before"), until = is_one_of(tokens, at, "until", "till", "through", "by");
  if (!since && !after && !before && !until) return {};
  const bool is_begin = is_text(tokens, next, "the") && is_one_of(tokens, next + 1, "start", "beginning");
  const bool is_end = is_text(tokens, next, "the") && is_text(tokens, next + 1, "end");
  if ((is_begin || is_end) && is_text(tokens, next + 2, "of")) next += 3;
  const Date date = date_at(tokens, next);
  if (date.length == 0 || (is_text(tokens, at, "by") && !is_end)) return {};
  FoundPeriod found = days_of(date, date, next + date.length - at);
  Period& period = found.period;
  if (!period.fault.empty()) return found;
  if (since || after) {
    if (after || is_end) period.from = *period.until + 1;
    period.until = std::nullopt;
  } else {
    if (before || is_begin) period.until = *period.from - 1;
    period.from = std::nullopt;
  }
  return found;
}

bool is_preposition(Tokens tokens, std::size_t at) {
  return is_one_of(tokens, at, "in", "during", "over", "within", "for", "of", "on", "throughout", "across", "dated",
                   "from");
}

// "the last 90 days", "its first year", "the last day": a place and a length.
FoundPeriod placed_at(Tokens tokens, std::size_t at, bool has_article) {
  const FoundWord last = find_word(tokens, at, Form::last), first = find_word(tokens, at, Form::first);
  const FoundWord& place = last.row != nullptr ? last : first;
  if (place.row == nullptr) return {};
  FoundPeriod found;
  found.period.kind = last.row != nullptr ? Period::Kind::last : Period::Kind::first;
  const bool is_prior = is_one_of(tokens, at, "prior", "preceding", "previous");
  const std::size_t next = at + place.length;
  if (const FoundLength span = length_at(tokens, next); span.length > 0) {
    found.period.length = span.span;
    found.period.prior = is_prior ? span.span.days : 0;
    found.length = next + span.length - at;
  } else if (const FoundWord unit = find_word(tokens, next, Form::unit); unit.row != nullptr) {
    found.period.length = length_of(unit.row->value);
    found.length = next + unit.length - at;
    if (!has_article)
      found.period.fault = "'" + tokens[at].text + " " + tokens[next].text + "' depends on when it was said";
  }
  return found;
}

// "seven days", "its busiest week", "a single day".
FoundPeriod window_at(Tokens tokens, std::size_t at, bool has_preposition) {
  FoundPeriod found;
  found.period.kind = Period::Kind::window;
  std::size_t next = at;
  bool is_peak = false;
  for (FoundWord peak; (peak = find_word(tokens, next, Form::peak)).row != nullptr; next += peak.length) is_peak = true;
  if (FoundLength span = length_at(tokens, next); span.length > 0) {
    found.period.length = span.span;
    found.length = next + span.length - at;
  } else if (const FoundWord unit = find_word(tokens, next, Form::unit); unit.row != nullptr && is_peak) {
    found.period.length = length_of(unit.row->value);
    found.length = next + unit.length - at;
  }
  found.period.is_peak = is_peak;
  return is_peak || has_preposition ? found : FoundPeriod{};
}

std::size_t skip_articles(Tokens tokens, std::size_t at) {
  while (is_one_of(tokens, at, "the", "its", "their", "our", "this", "a", "any", "just", "only", "all", "one") &&
         (!is_one_of(tokens, at, "a", "one") || find_word(tokens, at + 1, Form::peak).row != nullptr))
    ++at;
  return at;
}

// Behind an opening bracket or a preposition, or a date alone.
FoundPeriod phrase_at(Tokens tokens, std::size_t at) {
  if (is_text(tokens, at, "between") || is_text(tokens, at, "from")) {
    FoundPeriod between = date_range_at(tokens, at + 1, true);
    if (between.length > 0) {
      ++between.length;
      return between;
    }
  }
  const bool has_preposition = is_preposition(tokens, at);
  const bool has_bracket = is_text(tokens, at, "(");
  const std::size_t begin = at + (has_preposition || has_bracket ? 1 : 0);
  const std::size_t next = skip_articles(tokens, begin);
  const bool has_article = next > begin;
  FoundPeriod found = placed_at(tokens, next, has_article);
  if (found.length == 0 && (has_preposition || has_bracket)) {
    const std::size_t of_year = is_text(tokens, next, "year") || is_text(tokens, next, "month") ? next + 1 : next;
    found = date_range_at(tokens, of_year, false);
    if (found.length > 0) found.length += of_year - next;
    if (found.length > 0 && is_text(tokens, at, "from") && is_one_of(tokens, next + found.length, "on", "onwards")) {
      found.period.until = std::nullopt;
      ++found.length;
    }
  }
  if (found.length == 0) found = window_at(tokens, next, has_preposition || has_bracket);
  if (found.length == 0) return found;
  found.length += next - at;
  if (has_bracket && is_text(tokens, at + found.length, ")")) ++found.length;
  return found;
}

// A year or a date that begins a line: "2014: 1,679 commits", "2014 saw 730 commits".
FoundPeriod leading_date_at(Tokens tokens, std::size_t at) {
  if (at != 0) return {};
  FoundPeriod found = date_range_at(tokens, at, false);
  const std::size_t next = at + found.length;
  if (found.length == 0 || next >= tokens.size() ||
      is_one_of(tokens, next, ":", ",", "-", "|", "saw", "had", "brought"))
    return found;
  return {};
}

// "three weeks in May 2026", "the three weeks from 28 November to 18 December 2009".
void add_days_of_window(Tokens tokens, std::size_t at, FoundPeriod& found) {
  if (found.period.kind != Period::Kind::window || found.length == 0) return;
  const FoundPeriod days = phrase_at(tokens, at + found.length);
  if (days.length == 0 || days.period.kind != Period::Kind::days) return;
  found.length += days.length;
  if (!days.period.fault.empty()) {
    found.period = days.period;
    return;
  }
  const auto [from, until] = std::pair(*days.period.from, days.period.until);
  const bool is_same =
      until && found.period.length.days > 0 && *until - from + 1 == static_cast<Day>(found.period.length.days);
  if (is_same) {
    found.period = days.period;
  } else {
    found.period.from = days.period.from;
    found.period.until = until;
  }
}

}  // namespace

std::string text_of(const Length& length) {
  const auto [count, unit] = length.months > 0 ? std::pair(length.months, " month") : std::pair(length.days, " day");
  return std::to_string(count) + unit + (count == 1 ? "" : "s");
}

std::string text_of(const Period& period) {
  std::string days;
  if (period.from && period.until)
    days = date_of(*period.from) + " to " + date_of(*period.until);
  else if (period.from)
    days = "from " + date_of(*period.from) + " on";
  else if (period.until)
    days = "up to " + date_of(*period.until);
  switch (period.kind) {
    case Period::Kind::whole: return "the whole history";
    case Period::Kind::days: return days;
    case Period::Kind::last: return "the last " + text_of(period.length);
    case Period::Kind::first: return "the first " + text_of(period.length);
    case Period::Kind::window: return "the busiest " + text_of(period.length) + (days.empty() ? "" : " of " + days);
  }
  return days;
}

Length length_of(std::string_view unit) {
  Length length;
  const bool is_months = unit.ends_with('m');
  (is_months ? length.months : length.days) = small_number(unit.substr(0, unit.size() - (is_months ? 1 : 0)));
  return length;
}

FoundLength length_at(Tokens tokens, std::size_t at) {
  const FoundNumber number = number_at(tokens, at);
  std::size_t count_length = number.length;
  std::uint64_t count = number.number.value / one;
  if (number.length == 0 || number.number.comparison != Comparison::exactly || number.number.to ||
      number.number.is_share) {
    if (!is_one_of(tokens, at, "a", "an")) return {};
    count_length = 1;
    count = 1;
  }
  std::size_t next = at + count_length;
  if (is_text(tokens, next, "-")) ++next;
  const FoundWord unit = find_word(tokens, next, Form::unit);
  if (unit.row == nullptr || count == 0 || count > 10'000) return {};
  FoundLength found;
  found.span = length_of(unit.row->value);
  found.span.days *= static_cast<std::uint32_t>(count);
  found.span.months *= static_cast<std::uint32_t>(count);
  found.length = next + unit.length - at;
  return found;
}

FoundPeriod period_at(Tokens tokens, std::size_t at) {
  if (FoundPeriod open = open_at(tokens, at); open.length > 0) return open;
  if (FoundPeriod leading = leading_date_at(tokens, at); leading.length > 0) return leading;
  FoundPeriod found = phrase_at(tokens, at);
  add_days_of_window(tokens, at, found);
  return found;
}

}  // namespace cascade::metrics
