// Orders facts by the words that they share with a prompt and by likeness (recall/meaning.h) together.
#pragma once

#include <cstdint>
#include <vector>

#include "recall/recall.h"

namespace cascade::recall {

struct Levels {
  std::vector<Recalled> best;  // the highest first
  std::int32_t likest = 0;     // the largest likeness of any fact
};

// `scored`: the facts that have words of the prompt, in any order; `told`: a flag for each fact that may be told.
Levels levels_of(const IndexTables& tables, const std::vector<Recalled>& scored, const std::vector<std::uint8_t>& told,
                 const PromptMeaning& prompt, std::size_t most);

}  // namespace cascade::recall
