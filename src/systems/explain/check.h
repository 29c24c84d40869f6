// Checks the explanations of a change: which lines have one, and whether it was written by somebody who looked.
#pragma once

#include <vector>

#include "explain/change.h"
#include "explain/findings.h"
#include "policy/explained.h"

namespace cascade::comprehension {

constexpr unsigned least_covered = 90;  // per cent of the lines that need it; of risky ones all

// `records`: every file of the records' folder in the head's tree.
Report check_change(const Change& change, const std::vector<TreeText>& records, const Settings& settings,
                    const Surroundings& around);

}  // namespace cascade::comprehension
