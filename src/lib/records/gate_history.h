// Finds out from a repository's history what became of commits that gates flagged.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

#include "git/git_program.h"
#include "records/record.h"

namespace cascade::systems {

constexpr std::int64_t standing_seconds = 14 * 24 * 3600;  // unreverted for this long: it is accepted

// Assigns commits to the flags in a work tree, and outcomes to the commits: reverted, fixed, standing. A repository
// that no longer exists is skipped.
Result<void> settle_by_history(gate::Records& records, repository::GitProgram& git, const std::string& work_tree,
                               std::int64_t now);

}  // namespace cascade::systems
