// What became of commits that gates flagged, as the history of their repository tells.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

#include "gate/record.h"
#include "repository/git_program.h"

namespace cascade::cli {

constexpr std::int64_t standing_seconds = 14 * 24 * 3600;  // unreverted for so long: nobody minds

// Flags in a work tree get their commits, and commits their outcomes: reverted, fixed, standing. A repository that is
// gone tells nothing.
Result<void> settle_by_history(gate::Records& records, repository::GitProgram& git, const std::string& work_tree,
                               std::int64_t now);

}  // namespace cascade::cli
