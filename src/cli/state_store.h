// Which store keeps what outlives a session, from what the user configured.
#pragma once

#include "cli/environment.h"
#include "store/store.h"

namespace cascade::cli {

// A file in the state folder, or the server at `address` (policy::Policy::store), asked by the cascade-postgres that
// lies beside this program.
store::Options store_at(const Environment& environment, const std::string& address, bool creates, bool checkpoints);

// The same for a verb: what the user's own cascade.yaml says. misuse: that of the project names another one, which is
// not followed (policy::Policy::project_with_store); else as policy::read_policy.
Result<store::Options> configured_store(const Environment& environment, bool creates, bool checkpoints);

}  // namespace cascade::cli
