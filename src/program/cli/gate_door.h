// Connects the guard to the records of gates in the store.
#pragma once

#include <cstdint>
#include <string>

#include "cli/environment.h"
#include "gate/record.h"
#include "systems/gate_door.h"

namespace cascade::cli {

// `environment` must outlive it. The store is opened when something is judged.
systems::GateDoor gate_door(const Environment& environment, std::int64_t now);

// The mode as a level; off is shadow.
gate::Level level_of(policy::Mode mode) noexcept;

}  // namespace cascade::cli
