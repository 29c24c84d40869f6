// The whole program behind main(), for tests to call.
#pragma once

#include "cli/console.h"
#include "cli/environment.h"
#include "cli/exit_codes.h"
#include "cli/global_options.h"

namespace cascade::cli {

// Does not flush the console; throws nothing of its own.
Exit run_program(const CommandLine& line, const Environment& environment, Console& console);

// The run is to exit 0 whatever happens (Verb::lenient), a fault of ours included.
bool is_lenient(const CommandLine& line);

}  // namespace cascade::cli
