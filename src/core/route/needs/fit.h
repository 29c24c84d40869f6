// Whether what a message wants done is what a manifest does. Words say what both are about; whoever only speaks of it
// asks for nothing. For the users' own manifests alone: what the shipped ones serve, lessons say.
#pragma once

#include <vector>

#include "route/needs/asked.h"
#include "route/tables.h"

namespace cascade::route {

// Grades the own manifests that the answers name, and takes back what they do not bear: a load becomes an offer, and a
// name goes where something else is worked on. An offer becomes a load where the act asked for is the manifest's.
// Nothing is read where no own manifest is named.
void fit_to_task(const Router::State& state, const Query& query, std::vector<AnsweredNeed>& answered);

}  // namespace cascade::route
