// Where manifests of several plugins or roots want a prompt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "route/answer/ranked.h"
#include "route/tables.h"

namespace cascade::route {

// Whether the first of `ranked`, so many, are of several owners.
bool have_several_owners(const Tables& tables, const std::vector<Ranked>& ranked, std::size_t first);

// Orders the first of `ranked`, as many as `abroad` has: an owner's own manifests by their scores, those of several
// owners by what they have abroad, with their triggers believed as far as their owner's budget goes. Who falls behind
// so is left with no more than that; whoever stands first keeps its score, and where one owner is alone nothing
// changes.
void settle_between_owners(const Tables& tables, const std::vector<std::uint32_t>& abroad, std::vector<Ranked>& ranked);

}  // namespace cascade::route
