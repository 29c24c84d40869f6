// What the message of a commit tells about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/history.h"

namespace cascade::metrics {

bool says_revert(const Commit& commit);  // `Revert "…"`, `revert: …`, "This reverts commit …"

// The number of the pull or merge request that a commit merges: "Merge pull request #7 from …", "… (#7)", "Merged in x
// (pull request #7)", "See merge request group/project!7". 0: it names none.
std::uint32_t request_of(const Commit& commit);

// The mail addresses of those who reviewed it: "Reviewed-by: Name <mail>", "Approved-by", "Acked-by".
std::vector<std::string> reviewers_of(const Commit& commit);

}  // namespace cascade::metrics
