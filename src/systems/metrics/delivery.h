// How changes reach their users: the five figures of delivery, from a file of deployments or, as an approximation,
// tags.
#pragma once

#include <cstdint>
#include <vector>

#include "metrics/figures.h"
#include "metrics/outside_facts.h"

namespace cascade::metrics {

// Durations in seconds.
struct Spread {
  std::uint64_t n = 0, minimum = 0, twice_median = 0, maximum = 0;
};
Spread spread_of(std::vector<std::uint64_t> values);

struct Delivery {
  bool from_tags = true;  // tags are not deployments: no more than an approximation
  Grade grade = Grade::approximate;
  std::uint64_t deployments = 0, failed = 0, rework = 0;  // in the range; the last two are known from a file only
  std::uint64_t days = 0;                                 // of the range
  Windows windows;                                        // deployments by window
  Spread lead;                                            // from each commit to the first deployment that has it
  Spread recovery;                                        // from a failed deployment to the restored service
  std::uint64_t unknown_commits = 0;                      // deployments of commits that no history here has
};

// `file`: null if there is none.
Delivery delivery_of(const std::vector<Repository>& repositories, const std::vector<Deployment>* file,
                     const Question& question);

}  // namespace cascade::metrics
