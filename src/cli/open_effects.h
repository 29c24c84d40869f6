// Which subagents did something outside that nobody has verified.
#pragma once

#include "tiers/runs.h"

namespace cascade::cli {

tiers::HasOpenEffect open_effects();

}  // namespace cascade::cli
