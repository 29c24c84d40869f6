// Claims about a git history as people write them: read whole, or not at all. What the grammar does not hold has a
// fault, and is never judged. First the words of it, then numbers, times, and claims.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "history/days.h"

namespace cascade::metrics {

enum class Form : std::uint8_t {
  figure,
  joint,
  verb,
  part,
  outside,
  number,
  scale,
  fraction,
  compare,
  or_so,
  unit,
  rate,
  month,
  quarter,
  peak,
  last,
  first,
  subject,
  value,
  ignored,
  filler,
  bound,
  quantifier,
  mean,
};

struct ClaimWord {
  Form form = Form::filler;
  std::string_view phrase;
  std::string_view value = {};
};
std::span<const ClaimWord> claim_words() noexcept;

// A word, a number or a sign of a sentence.
struct Token {
  std::string text;     // in small letters; of a number as it is written
  std::string written;  // as it is written
  bool is_number = false, begins_line = false, follows_blank = true;
};

// Marks of Markdown are left out; dashes and typographic quotes become plain. "2026-01-31" and "2026-01" are words.
// Complexity: linear.
std::vector<Token> tokens_of(std::string_view text);

// The longest row of `form` whose phrase stands at `at`, with the number of its tokens; null: none does.
struct FoundWord {
  const ClaimWord* row = nullptr;
  std::size_t length = 0;
};
FoundWord find_word(std::span<const Token> tokens, std::size_t at, Form form);
// The same for rows of all forms that a sentence is made of besides numbers and time: figure, verb, part, outside,
// filler.
FoundWord find_plain_word(std::span<const Token> tokens, std::size_t at);

using Millionths = std::uint64_t;
constexpr Millionths one = 1'000'000;
constexpr std::uint64_t largest_number = 1'000'000'000'000;  // a claim above it is not read

enum class Comparison : std::uint8_t { exactly, about, nearly, just_over, up_to, at_least, above, at_most, below };
std::string_view to_string(Comparison comparison) noexcept;  // "at least"

struct ClaimNumber {
  std::string written;  // "1.2k", "a third"
  Millionths value = 0;
  std::optional<Millionths> to;  // the end of a range
  Millionths step = one;         // of the last digit that is written and is not 0: what it may be rounded to
  Comparison comparison = Comparison::exactly;
  bool is_share = false;      // per cent
  bool is_fraction = false;   // "a third": a rough share
  bool is_zero_word = false;  // "no", "never"
  bool is_plain = false;      // one or four digits and nothing else: it may be a year
  bool is_too_large = false;
};

// The number with what compares it, "at least 1.2 million", "between 100 and 200", "one in five", at `at`. Length 0:
// there is none.
struct FoundNumber {
  ClaimNumber number;
  std::size_t length = 0;
  std::string_view figure = {};  // that stands within it: "one commit in five"
};
FoundNumber number_at(std::span<const Token> tokens, std::size_t at);

// Whether `actual` is what the number says. A number without a comparison may be rounded as it is written, at most by a
// twentieth; "about" is within 12 of 100, "nearly" and "up to" begin at 85 of 100, a fraction is within 8 of 100.
bool fits(const ClaimNumber& number, Millionths actual);
// Whether it still may be so if the true value is up to a quarter away from `actual`.
bool may_fit(const ClaimNumber& number, Millionths actual);

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

// "per day", "per developer": one of the two.
struct Per {
  Length span;
  std::string figure;
};
std::string text_of(const Per& per);  // "day", "7 days", "authors"

struct Claim {
  std::uint32_t line = 0;
  std::string text;    // the sentence or the row, without the marks of Markdown
  std::string figure;  // judge.h; empty: none is named
  std::string part;    // "bots", "merges": only those, or the share of those; empty: all
  ClaimNumber number;
  std::vector<Per> per;
  Period period;
  bool is_share_of_period = false;           // "a third of all commits date from 2025"
  std::optional<std::uint64_t> out_of_days;  // "on 75 of 293 days"
  std::string subject;                       // a name of which it is said: the project's, or a person's
  Length each;                               // "every year": the span of the calendar of which `quantifier` is said
  std::string quantifier;                    // "every", "no", "some", "median"; "busiest": `period` is such a span
  bool is_negated = false;                   // "it does not have 2,005 commits"
  std::optional<ClaimNumber> divisor;        // "at 80 lines a day": of a number of people
  std::string basis;                         // what the divisor counts
  std::string fault;                         // why it cannot be judged
};

// One sentence of a text: cut into what its grammar is made of (numbers, figures, verbs, times, rates), then its
// numbers, each with what it counts, how it is compared, for what time and of whom.

struct Chunk {
  // quantifier: "every year"; pronoun: "of them"; each: "five each"; stop: what separates claims; name: what may be the
  // project's name, or a person's; divisor: "at 80 lines a day"; whole: "of 293 days", "of 680 commits"
  enum class Kind : std::uint8_t {
    number,
    figure,
    verb,
    part,
    outside,
    period,
    per,
    each,
    pronoun,
    unit,
    whole,
    divisor,
    filler,
    stop,
    name,
    negation,
    quantifier,
    mean,
    unknown,
  };
  Kind kind = Kind::unknown;
  std::string text, value;  // `value`: of its row
  ClaimNumber number;
  Period period;
  Per per;
};

std::vector<Chunk> chunks_of(std::span<const Token> tokens);

struct Sentence {
  std::vector<Claim> claims;     // without line and text
  bool compares = false;         // it has a figure and a word that compares or quantifies
  std::string unread;            // a word that changes what it says, and that nothing has read
  std::optional<Period> period;  // the only one that it names
};

// `context` is the time of claims that name none.
Sentence read_sentence(std::span<const Token> tokens, const std::optional<Period>& context);

// Sentences, items of a list, lines "what: number", and tables of Markdown: a table's columns are read by their
// headings, so that a benchmark beside a figure is no claim. A heading, or a line above a list or a table, that names a
// time is about what follows. At most `most_claims` are read.
constexpr std::size_t most_claims = 1'000;
std::vector<Claim> read_claims(std::string_view text);

}  // namespace cascade::metrics
