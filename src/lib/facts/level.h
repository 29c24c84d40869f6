// Orders facts by the words that they share with a prompt and by likeness (recall/meaning.h) together.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/index_file.h"
#include "facts/score.h"

namespace cascade::recall {

struct Recalled {
  std::uint32_t fact = 0;  // in the index
  std::uint32_t score = 0, share = 0;
  // Only of gated answers; 64: twice as likely the right one.
  std::int32_t likeness = 0;  // to the prompt, as learned from pairs
  std::int32_t level = 0;     // by score and likeness together
};

struct Levels {
  std::vector<Recalled> best;  // the highest first
  std::int32_t likest = 0;     // the largest likeness of any fact
  std::int32_t base = 0;       // doublings of a score that do not count
};

// What a score adds to a level.
std::int32_t above_base(std::uint32_t score, std::int32_t base);

// `told`: a flag for each fact that may be told; `most`: as many are returned. Asks for the scores of those that come
// into question. O(facts).
Levels levels_of(const IndexTables& tables, Scores& scores, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most);

}  // namespace cascade::recall
