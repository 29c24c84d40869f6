// Connects the guard to the leases in the store.
#pragma once

#include "cli/environment.h"
#include "lease/lease.h"
#include "systems/systems.h"

namespace cascade::cli {

// The client's conversation if a client runs this, otherwise the calling shell. The agent is left empty.
lease::Holder own_holder(const Environment& environment);

// `environment` must outlive it. The store is opened on use, and for renewing only if it exists.
systems::LeaseDoor lease_door(const Environment& environment);

}  // namespace cascade::cli
