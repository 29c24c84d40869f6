// Keeps out of a routing what its author or the user keeps out of conversations.
#pragma once

#include <cascade/route.h>

#include "client/skill_overrides.h"

#include <vector>

namespace cascade::request {

// Adds ids to sorted ones, each once.
void insert_sorted(std::vector<ManifestId>& ids, const std::vector<ManifestId>& more);

// When something of what was ranked is withheld, adds all that is withheld to the query, which is then to be ranked
// again, and returns true. All manifests are looked at only then: in most libraries nothing is withheld.
bool withhold(const Registry& registry, const Routing& routing, const client::SkillOverrides& overrides, Query& query);

}  // namespace cascade::request
