// What the systems find around them, from the environment and from where the program lies.
#pragma once

#include <cstdint>

#include "cli/environment.h"
#include "systems/systems.h"

namespace cascade::cli {

systems::Surroundings system_surroundings(const Environment& environment, std::int64_t now);

}  // namespace cascade::cli
