// The time that a claim is about: "in 2016", "since May 2020", "the last 90 days", "in its busiest week".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "history/days.h"
#include "metrics/claim_words.h"

namespace cascade::metrics {

struct Length {
  std::uint32_t days = 0, months = 0;  // one of the two
  bool operator==(const Length&) const = default;
};

struct Period {
  enum class Kind : std::uint8_t { whole, days, last, first, window };
  Kind kind = Kind::whole;
  std::optional<Day> from, until;  // of `days`, and of a `window` the days that it lies in; both included
  Length length;                   // of `last`, `first`, `window`
  std::uint32_t prior = 0;         // "prior 90 days": how many, where a share of output is claimed
  bool is_peak = false;            // "busiest", "single": the best one is meant
  std::string fault;               // why it cannot be known, as "last year"

  bool has_days() const { return from || until; }
};

std::string text_of(const Length& length);  // "7 days", "1 month"
// "2016-01-01 to 2016-12-31", "the last 90 days", "the busiest 7 days", "the whole history".
std::string text_of(const Period& period);

// A span of time at `at`: "7 days", "three weeks", "a month". Length 0: there is none.
struct FoundLength {
  Length span;
  std::size_t length = 0;
};
FoundLength length_at(std::span<const Token> tokens, std::size_t at);
Length length_of(std::string_view unit);  // of a row of `unit`: "7", "1m"

// The period at `at`, with its preposition. Length 0: there is none.
struct FoundPeriod {
  Period period;
  std::size_t length = 0;
};
FoundPeriod period_at(std::span<const Token> tokens, std::size_t at);

}  // namespace cascade::metrics
