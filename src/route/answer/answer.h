// The answer to a query: the entries that may be answers, in order, the gate's signals and its decision.
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
         const Learned& learned = shipped_learned());  // used by the constructor only
  Answer(const Answer&) = delete;                      // the scorer refers to `prompt`
  Answer& operator=(const Answer&) = delete;

  Weights weights;
  Prompt prompt;
  Scorer scorer;
  std::vector<Ranked> order;  // best first; the first places go to different families
  Taught taught;
  Signals signals;
  Decision decision = Decision::silence;
};

}  // namespace cascade::route
