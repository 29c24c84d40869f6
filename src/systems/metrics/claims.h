// Figures that somebody claims of a git history, in tables, JSON and lines "what: number": a label that is read whole,
// and a number. A word of it that is not read leaves its figure without a verdict; sentences are listed, never judged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "history/history.h"

namespace cascade::metrics {

using Millionths = std::uint64_t;
constexpr Millionths one = 1'000'000;
constexpr std::uint64_t largest_number = 1'000'000'000'000;  // a claim above it is not read

enum class Comparison : std::uint8_t { exactly, about, nearly, just_over, up_to, at_least, above, at_most, below };
std::string_view to_string(Comparison comparison) noexcept;  // "at least"

struct ClaimNumber {
  std::string written;  // "1.2k"
  Millionths value = 0;
  std::optional<Millionths> to;  // the end of a range
  Millionths step = one;         // of the last digit that is written and is not 0: what it may be rounded to
  Comparison comparison = Comparison::exactly;
  bool is_share = false;  // per cent
  bool is_too_large = false;
};

// Whether `actual` is what the number says. A number without a comparison may be rounded as it is written, at most by a
// twentieth; "about" is within 12 of 100, "nearly" and "up to" begin at 85 of 100.
bool fits(const ClaimNumber& number, Millionths actual);
// Whether it still may be so if the true value is up to a quarter away from `actual`.
bool may_fit(const ClaimNumber& number, Millionths actual);

struct Length {
  std::uint32_t days = 0, months = 0;  // one of the two
};
std::string text_of(const Length& length);  // "7 days", "1 month"

struct Period {
  enum class Kind : std::uint8_t { whole, days, last, window };
  Kind kind = Kind::whole;
  Day from = 0;
  std::optional<Day> until;  // of `days`, both included; null: up to the newest commit
  Length length;             // of `last` and `window`
  bool is_peak = false;      // "busiest": the best one is meant
};
std::string text_of(const Period& period);  // "2016-01-01 to 2016-12-31", "the last 90 days", "the busiest 7 days"

// "per day", "per developer": one of the two.
struct Per {
  Length span;
  std::string figure;
};
std::string text_of(const Per& per);  // "1 day", "authors"

struct Claim {
  std::uint32_t line = 0;
  std::string text;    // the row, as "label: cell", or the line
  std::string figure;  // report.h; empty: none is named
  std::string part;    // "bots", "merges", "reverts": only those, or the share of those; empty: all
  std::string person;  // only what this author made; empty: everybody
  ClaimNumber number;
  std::vector<Per> per;
  Period period;
  std::string fault;      // why it cannot be judged
  bool is_prose = false;  // a sentence: no part of it is read
};

// Tables of Markdown, lines of cells with a heading (`year,commits`), objects of JSON, lines "what: number". Columns
// are read by their headings, so that a benchmark beside a figure is no claim. A heading, or a line above a table, that
// names nothing but a time is about what follows. Of other lines those with a number or a figure's name are listed. At
// most `most_claims` are read.
constexpr std::size_t most_claims = 1'000;
std::vector<Claim> read_claims(std::string_view text);

}  // namespace cascade::metrics
