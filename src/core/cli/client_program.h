// A client's own program, as the user would start it.
#pragma once

#include <string>

#include "cli/environment.h"
#include "client/dialect.h"

namespace cascade::cli {

// The version that the client's program on PATH prints, such as "2.1.332". Empty if there is no program, or it does not
// print one within five seconds. Starts the program.
std::string version_of(const Environment& environment, const client::Dialect& client);

}  // namespace cascade::cli
