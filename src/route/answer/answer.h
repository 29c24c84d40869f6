// A query answered: the order of all entries that may be answers, the signals at the gate, the decision.
#pragma once

#include <vector>

#include "route/answer/gate.h"
#include "route/answer/prompt.h"
#include "route/answer/score.h"
#include "route/answer/taught.h"
#include "route/tables.h"

namespace cascade::route {

struct Answer {
  Answer(const Tables& tables, const Query& query, const Weights& weights = {},
         const Learned& learned = shipped_learned());  // looked at here only
  Answer(const Answer&) = delete;                      // the scorer sees the prompt where it is
  Answer& operator=(const Answer&) = delete;

  Weights weights;
  Prompt prompt;
  Scorer scorer;
  std::vector<Ranked> order;  // best first; no near-duplicate of a better one among the first
  Taught taught;
  Signals signals;
  Decision decision = Decision::silence;
};

}  // namespace cascade::route
