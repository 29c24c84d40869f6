// How much of what was merged somebody understands, as far as a history can tell: explained, reviewed by another, or
// written by somebody who is still here.
#pragma once

#include <vector>

#include "metrics/figures.h"
#include "metrics/outside_facts.h"

namespace cascade::metrics {

// Shares of the authored lines of the range: "explained", "reviewed"; "lines_a_reviewer_week"; and of the lines that
// stand in the newest commit: "author_active". `forge`: null if there is none.
std::vector<Figure> assimilation_of(const std::vector<Repository>& repositories,
                                    const std::vector<MergedRequest>* forge, const Question& question);

}  // namespace cascade::metrics
