// What the message of a commit tells about it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "history/history.h"

namespace cascade::metrics {

bool says_revert(const Commit& commit);  // `Revert "…"`, `revert: …`, "This reverts commit …"

// The number of the pull or merge request that a commit merges: "Merge pull request #7 from …", "… (#7)", "Merged in x
// (pull request #7)", "See merge request group/project!7". 0: it names none.
std::uint32_t request_of(const Commit& commit);

// Those who reviewed it, without its author: "Reviewed-by: Name <mail>", "Approved-by", "Acked-by". Their mail
// addresses in small letters, or their names where no address stands.
std::vector<std::string> reviewers_of(const Commit& commit, const Person& author);

}  // namespace cascade::metrics
