// The surroundings of the systems, from the environment and the program's place.
#pragma once

#include <cstdint>

#include "cli/call.h"
#include "events/systems.h"

namespace cascade::cli {

// Without a library.
systems::Surroundings system_surroundings(const Environment& environment, std::int64_t now);
// Must not outlive `call`.
systems::Surroundings system_surroundings(const Call& call, std::int64_t now);

}  // namespace cascade::cli
