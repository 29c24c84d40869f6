// Lets a gate judge history: each commit is checked in its own state, and its outcome is already known.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

#include "cli/call.h"
#include "gates/gate_views.h"

namespace cascade::cli {

struct Replayed {
  std::uint64_t commits = 0, flagged = 0, right = 0, wrong = 0;
  std::uint64_t known = 0;       // judged before
  std::uint64_t not_judged = 0;  // the check could not run, or took too long
};

// Judges this repository's commits after `since`, the oldest first, without merges. Outcomes are recorded in their
// original order, so that the gate's mode rises and falls as it would have. REQUIRES: the gate is a check. not_found:
// no repository, or no such revision.
Result<Replayed> replay_gate(Call& call, const GatePlace& place, const rendering::GateView& gate,
                             const std::string& since, std::int64_t now);

}  // namespace cascade::cli
