// The store as a PostgreSQL database, asked through cascade-postgres (src/programs/cascade_postgres): one line of JSON
// per statement. Nothing is kept on this machine, and nothing replaces the server if it cannot be reached.
#pragma once

#include <memory>

#include "session/store_options.h"
#include "store/store.h"

namespace cascade::store {

// unreadable: unreachable, its certificate is not trusted, or it rejects us; misuse: not such an address.
Result<std::unique_ptr<Engine>> open_server(const Options& options);

// "postgresql://host:5432/cascade": without the user, the password, and the parameters, which may hold another
// password.
std::string shown_address(std::string_view address);

}  // namespace cascade::store
