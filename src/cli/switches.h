// The user's and the authors' switches (listing/standing.h), for verbs that say what the hooks would do.
#pragma once

#include <cascade/route.h>

#include "cli/call.h"
#include "listing/standing.h"

namespace cascade::cli {

// The switches of the settings that count in this folder.
client::SkillOverrides switches_here(const Call& call);

// Keeps from the router what the hooks keep from it.
void withhold(const Call& call, const Registry& registry, Query& query);

}  // namespace cascade::cli
