// The checks of `cascade doctor` for each client on this machine.
#pragma once

#include <vector>

#include "cli/environment.h"
#include "render/doctor.h"

namespace cascade::cli {

// Adds a check for each client other than Claude Code whose program is on PATH or whose folder exists: whether it calls
// our hooks, and whether trust was given if the client asks for it. Never grants trust. Then adds one for each of their
// MCP server lists that names `cascade mcp`.
void add_clients(const Environment& environment, std::vector<rendering::Check>& checks);

}  // namespace cascade::cli
