// What `cascade doctor` says of each client that is on this machine.
#pragma once

#include <vector>

#include "cli/environment.h"
#include "render/doctor.h"

namespace cascade::cli {

// A check for each client beside the usual one whose program is on the PATH or whose folder is there: hooked in or not,
// and where the client asks for trust, whether it was given. Never grants any. Then one for each of their lists of MCP
// servers that names `cascade mcp`.
void add_clients(const Environment& environment, std::vector<rendering::Check>& checks);

}  // namespace cascade::cli
