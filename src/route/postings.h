// Which entries have a term, and how much it says of each.
#pragma once

#include <cstdint>
#include <vector>

#include "route/lexicon_table.h"
#include "route/notes.h"
#include "route/weights.h"

namespace cascade::route {

// What a term's postings say together.
struct TermSum {
  std::uint64_t mass = 0;  // its impacts; of a concept the strong ones
  Slice postings;
  std::uint32_t mask = 0, last = 0;  // the masks; `last` is for counting
};

// Where the postings of each term will be; how many there are is the end of the last.
std::vector<TermSum> count_postings(const Notes& notes, const LexiconTable& lexicon);

// Fills in the postings, by term, then entry. Counts are discounted in long fields and saturate.
void weigh_postings(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields,
                    std::vector<TermSum>& sums, Posting* postings);

}  // namespace cascade::route
