// A gate judges what is history: each commit is checked as it was, and what became of it is known.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

#include "cli/call.h"
#include "cli/gate_views.h"

namespace cascade::cli {

struct Replayed {
  std::uint64_t commits = 0, flagged = 0, right = 0, wrong = 0;
  std::uint64_t known = 0;       // judged before
  std::uint64_t not_judged = 0;  // the check could not run, or took too long
};

// The commits of this repository behind `since`, the oldest first, merges left out. Outcomes come in the order in which
// they did then, so that the gate's mode rises and falls as it would have. REQUIRES: the gate is a check. not_found: no
// repository, no such revision.
Result<Replayed> replay_gate(Call& call, const GatePlace& place, const GateView& gate, const std::string& since,
                             std::int64_t now);

}  // namespace cascade::cli
