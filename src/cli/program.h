// The whole program behind main(), for tests to call.
#pragma once

#include "cli/console.h"
#include "cli/environment.h"
#include "cli/exit_codes.h"

#include <string>
#include <vector>

namespace cascade::cli {

// `arguments` without the program's name. Does not flush the console; throws nothing of its own.
Exit run_program(const std::vector<std::string>& arguments, const Environment& environment, Console& console);

}  // namespace cascade::cli
