// The guard's door to the leases in the store.
#pragma once

#include "cli/environment.h"
#include "lease/lease.h"
#include "systems/systems.h"

namespace cascade::cli {

// The client's conversation where the client runs this, else the shell that does. Its agent is left open.
lease::Holder own_holder(const Environment& environment);

// `environment` must outlive it. The store is opened when it is used, and for renewing only where there is one.
systems::LeaseDoor lease_door(const Environment& environment);

}  // namespace cascade::cli
