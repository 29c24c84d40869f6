// The entries that have a term, and how much weight it has in each.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "route/build/notes.h"
#include "route/lexicon_table.h"
#include "route/weights.h"

namespace cascade::route {

// A word as written.
std::string_view spelling_of(const Notes& notes, const LexiconTable& lexicon, std::uint32_t word);

// The sums over a term's postings.
struct TermSum {
  std::uint64_t mass = 0;  // its impacts; of a concept the strong ones
  Slice postings;
  std::uint32_t mask = 0, last = 0;  // the masks; `last` is for counting
};

// The average length of each field in words, among the sources that have it.
using Lengths = std::array<std::uint32_t, field_count>;
Lengths average_lengths(const Span<NotedSource>& sources);

// Turns each term's number of postings (in `postings.begin`) into their beginning; adds the end of the last.
void place_postings(std::vector<TermSum>& sums);

// `between`, here and below, is called now and then in a large build if it is not empty: what was read until then is
// needed no longer.
constexpr std::size_t sources_between = 8192, terms_between = 1024;

// The place for the postings of each term; the end of the last is their number.
std::vector<TermSum> count_postings(const Notes& notes, const LexiconTable& lexicon,
                                    const std::function<void()>& between);

// Fills in the postings, by term, then entry. Counts are discounted in long fields and saturate.
void weigh_postings(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields,
                    std::vector<TermSum>& sums, Posting* postings, const std::function<void()>& between);

// The postings of some entries, in their order.
struct Weighed {
  std::uint32_t term = 0;
  Posting posting;
  std::uint32_t mass = 0;
};
std::vector<Weighed> weigh_entries(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields,
                                   const Lengths& average, const std::vector<std::uint32_t>& entries);

}  // namespace cascade::route
