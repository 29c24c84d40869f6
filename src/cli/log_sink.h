// The workspace's log on standard error. The only header over spdlog; nothing is made before the first line.
#pragma once

#include <cascade/workspace.h>

#include <memory>

namespace cascade::cli {

// Lines below `least` are dropped. The logger belongs to the function object and writes "cascade: warning: text".
Log make_log(LogLevel least);

}  // namespace cascade::cli
