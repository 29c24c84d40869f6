// The union of the answers to a prompt's needs.
#pragma once

#include <vector>

#include "route/needs/asked.h"
#include "route/tables.h"

namespace cascade::route {

// At most three manifests are loaded, called ones first, then by how far they are beyond the point from which one is
// loaded; at most four are offered, the first names of all needs before second ones. What is named twice is named once,
// and what there is no room for is left out. A manifest that the conversation already has is not mentioned again unless
// the prompt calls it. `text`: the prompt. The ranking is left empty.
Routing unite(const Router::State& state, const Query& query, const std::vector<AnsweredNeed>& answered);

// The match for an entry of the answer, with evidence if the query wants it.
Match match_of(const Router::State& state, const Query& query, const Answer& answer, const Ranked& ranked);

}  // namespace cascade::route
