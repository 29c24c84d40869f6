// Which entries have a term, and how much it says of each.
#pragma once

#include <cstdint>
#include <vector>

#include "route/lexicon_table.h"
#include "route/notes.h"
#include "route/weights.h"

namespace cascade::route {

struct TermPostings {
  std::vector<Posting> postings;     // by term, then entry
  std::vector<std::uint32_t> begin;  // by term, and the end
  std::vector<std::uint64_t> mass;   // by term: its impacts together; of a concept the strong ones
  std::vector<std::uint8_t> fields;  // by term: the masks of its postings together
};

// Counts are discounted in long fields and saturate.
TermPostings weigh_terms(const Notes& notes, const LexiconTable& lexicon, const FieldWeights& fields);

}  // namespace cascade::route
