// Which commits came with an explanation (comprehension/record.h).
#pragma once

#include <vector>

#include "history/history.h"

namespace cascade::metrics {

// Records are files `.cascade/explanations/<id>.md`, reviewed with the change that they explain. A commit is explained
// if it, or another commit of the merge that brought it in, adds or changes one. By place.
std::vector<bool> explained_commits(const History& history);

}  // namespace cascade::metrics
