// What explanations cost a team.
#pragma once

#include <cstdint>
#include <vector>

#include "explain/change.h"
#include "explain/check.h"

namespace cascade::comprehension {

struct Spread {
  std::uint64_t n = 0, least = 0, twice_median = 0, most = 0, sum = 0;
};
Spread spread_of(std::vector<std::uint64_t> values);

struct Burden {
  std::uint64_t records = 0, waived = 0;           // of all records of the tree
  Spread seconds, words, reviews, review_seconds;  // of records that say so; of reviews
  Report range;
};

// `records`: every record of the tree; `range`: the report on the range that is asked about.
Burden burden_of(const std::vector<TreeText>& records, Report range);

}  // namespace cascade::comprehension
