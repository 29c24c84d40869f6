// The whole program below main(), callable from tests.
#pragma once

#include "cli/arguments.h"
#include "cli/console.h"
#include "cli/environment.h"
#include "cli/verbs.h"

namespace cascade::cli {

// Does not flush the console and throws no exception of its own.
Exit run_program(const CommandLine& line, const Environment& environment, Console& console);

// Says what was meant, as far as it is known. `words`: those after it.
Exit unknown_verb(const std::string& name, const std::vector<std::string>& words, const Environment& environment,
                  Console& console);

// Whether the run must exit with 0 whatever happens (Verb::lenient), even after a fault of ours.
bool is_lenient(const CommandLine& line);

}  // namespace cascade::cli
