// Chooses the store for everything that outlives a session, from the user's configuration.
#pragma once

#include "cli/environment.h"
#include "store/store.h"
#include "system/system.h"

namespace cascade::cli {

// A file in the state folder, or the server at `address` (policy::Policy::store), accessed through the cascade-postgres
// next to this program.
store::Options store_at(const Environment& environment, const std::string& address, bool creates, bool checkpoints);

// The store for a verb, from the user's own cascade.yaml. misuse: the project's file names another one, which is not
// used (policy::Policy::project_with_store). Other errors are those of policy::read_policy.
Result<store::Options> configured_store(const Environment& environment, bool creates, bool checkpoints);

// What `cascade doctor` looks at on behalf of every system that keeps something there: the file, if there is one, which
// is set aside when it is damaged and that was asked for; and the server, if one is configured.
core::AddChecks check_store, check_server;
inline constexpr core::Examination store_examinations[] = {{core::Examined::store, check_store},
                                                           {core::Examined::server, check_server}};

}  // namespace cascade::cli
