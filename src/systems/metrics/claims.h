// Claims about a git history as people write them: read whole, or not at all. What the grammar does not hold has a
// fault, and is never judged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/claim_numbers.h"
#include "metrics/claim_periods.h"

namespace cascade::metrics {

// "per day", "per developer": one of the two.
struct Per {
  Length span;
  std::string figure;
};
std::string text_of(const Per& per);  // "day", "7 days", "authors"

struct Claim {
  std::uint32_t line = 0;
  std::string text;    // the sentence or the row, without the marks of Markdown
  std::string figure;  // claimed_figure.h; empty: none is named
  std::string part;    // "bots", "merges": only those, or the share of those; empty: all
  ClaimNumber number;
  std::vector<Per> per;
  Period period;
  bool is_share_of_period = false;           // "a third of all commits date from 2025"
  std::optional<std::uint64_t> out_of_days;  // "on 75 of 293 days"
  std::string subject;                       // a name that begins the sentence: the project's, or a person's
  std::optional<ClaimNumber> divisor;        // "at 80 lines a day": of a number of people
  std::string basis;                         // what the divisor counts
  std::string fault;                         // why it cannot be judged
};

// Sentences, items of a list, lines "what: number", and tables of Markdown: a table's columns are read by their
// headings, so that a benchmark beside a figure is no claim. A heading, or a line above a list or a table, that names a
// time is about what follows. At most `most_claims` are read.
constexpr std::size_t most_claims = 1'000;
std::vector<Claim> read_claims(std::string_view text);

}  // namespace cascade::metrics
