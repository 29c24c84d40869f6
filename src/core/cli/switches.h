// The user's and the authors' switches (listing/standing.h), for verbs that report what the hooks would do.
#pragma once

#include <cascade/route.h>

#include "cli/call.h"
#include "listed/standing.h"

namespace cascade::cli {

// The switches in the settings that apply to this folder.
client::SkillOverrides switches_here(const Call& call);

// Withholds from the router what the hooks withhold from it.
void withhold(const Call& call, const Registry& registry, Query& query);

}  // namespace cascade::cli
