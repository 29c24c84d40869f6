// What the systems find around them, from the environment and from where the program lies.
#pragma once

#include <cstdint>

#include "cli/call.h"
#include "systems/systems.h"

namespace cascade::cli {

// Must not outlive `call`.
systems::Surroundings system_surroundings(const Call& call, std::int64_t now);

}  // namespace cascade::cli
