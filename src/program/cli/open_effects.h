// Finds subagents with outside effects that no one has verified.
#pragma once

#include "tiers/runs.h"

namespace cascade::cli {

tiers::HasOpenEffect open_effects();

}  // namespace cascade::cli
