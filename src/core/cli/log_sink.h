// Writes the workspace's log to standard error. This is the only header over spdlog; nothing is created before the
// first line.
#pragma once

#include <cascade/workspace.h>

namespace cascade::cli {

// Drops lines below `least`. The logger belongs to the function object and writes "cascade: warning: text".
Log make_log(LogLevel least);

}  // namespace cascade::cli
