// Removes from a routing the manifests that their author or the user keeps out of conversations.
#pragma once

#include <cascade/route.h>

#include "listed/standing.h"

#include <vector>

namespace cascade::request {

// Adds ids to a sorted list, each once.
void insert_sorted(std::vector<ManifestId>& ids, const std::vector<ManifestId>& more);

// If any ranked manifest is withheld, adds all withheld manifests to the query, which must then be ranked again, and
// returns true. Only then are all manifests looked at: in most libraries none is withheld.
bool withhold(const Registry& registry, const Routing& routing, const listing::Switches& switches, Query& query);

}  // namespace cascade::request
