// Writes the workspace's log to standard error. This is the only header over spdlog; nothing is created before the
// first line.
#pragma once

#include <cascade/workspace.h>

namespace cascade::cli {

// Writes warnings, as "cascade: warning: text". The logger belongs to the function object.
Log make_log();

}  // namespace cascade::cli
