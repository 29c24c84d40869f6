// The order among manifests of several plugins or roots that compete for a prompt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "route/answer/ranked.h"
#include "route/tables.h"

namespace cascade::route {

// True if the first `first` of `ranked` belong to several owners.
bool have_several_owners(const Tables& tables, const std::vector<Ranked>& ranked, std::size_t first);

// Reorders the first abroad.size() of `ranked`: manifests of one owner by their scores, manifests of different owners
// by `abroad`, the scores in which triggers count only as far as their owner's budget goes. A manifest that falls
// behind another owner's keeps at most its score in `abroad`; the first one keeps its own. With a single owner nothing
// changes.
void settle_between_owners(const Tables& tables, const std::vector<std::uint32_t>& abroad, std::vector<Ranked>& ranked);

}  // namespace cascade::route
