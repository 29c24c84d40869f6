// Gathers what `usage` and `session report` are made of: ledgers, the clients' logs, the library.
#pragma once

#include <string>

#include "cli/call.h"
#include "usage/report.h"

namespace cascade::cli {

// The figures of the sessions that `question` asks for. Reads the library that `workspace` has open.
usage::Report usage_of(const Call& call, const Workspace& workspace, const Registry& registry,
                       const usage::Question& question);

}  // namespace cascade::cli
