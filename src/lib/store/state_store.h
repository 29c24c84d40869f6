// Chooses the store for everything that outlives a session, from the user's configuration.
#pragma once

#include "cli/environment.h"
#include "store/store.h"

namespace cascade::cli {

// A file in the state folder, or the server at `address` (policy::Policy::store), accessed through the cascade-postgres
// next to this program.
store::Options store_at(const Environment& environment, const std::string& address, bool creates, bool checkpoints);

// The store for a verb, from the user's own cascade.yaml. misuse: the project's file names another one, which is not
// used (policy::Policy::project_with_store). Other errors are those of policy::read_policy.
Result<store::Options> configured_store(const Environment& environment, bool creates, bool checkpoints);

}  // namespace cascade::cli
