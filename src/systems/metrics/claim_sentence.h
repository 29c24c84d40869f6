// One sentence of a text: its numbers, each with what it counts, how it is compared, for what time and of whom.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "metrics/claims.h"

namespace cascade::metrics {

struct Sentence {
  std::vector<Claim> claims;     // without line and text
  std::optional<Period> period;  // the only one that it names
};

// `context` is the time of claims that name none.
Sentence read_sentence(std::span<const Token> tokens, const std::optional<Period>& context);

}  // namespace cascade::metrics
