// A query answered: the order of all entries that may be answers, the signals at the gate, the decision.
#pragma once

#include <vector>

#include "route/gate.h"
#include "route/prompt.h"
#include "route/score.h"
#include "route/tables.h"

namespace cascade::route {

struct Answer {
  Prompt prompt;
  std::vector<Ranked> order;  // best first; no near-duplicate of a better one among the first
  Signals signals;
  Decision decision = Decision::silence;
};

// Evidence can be asked of the scorer afterwards; it lives as long as the answer's prompt.
Answer answer(const Tables& tables, const Weights& weights, const Query& query);

}  // namespace cascade::route
