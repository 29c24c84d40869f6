// The store as a database of a PostgreSQL server, asked through cascade-postgres (src/postgres): a line of JSON a
// statement. Nothing is kept on this machine and nothing stands in for it when it cannot be reached.
#pragma once

#include <memory>

#include "store/engine.h"
#include "store/options.h"

namespace cascade::store {

// unreadable: it cannot be reached, its certificate is not believed, it does not let us in; misuse: no such address.
Result<std::unique_ptr<Engine>> open_server(const Options& options);

// "postgresql://host:5432/cascade": without the user, the password and the parameters, which may hold another.
std::string shown_address(std::string_view address);

}  // namespace cascade::store
