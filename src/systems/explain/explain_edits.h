// Which lines of a repository agents wrote, by the logs that the user's clients keep.
#pragma once

#include <string>

#include "cli/environment.h"
#include "explain/edits.h"

namespace cascade::cli {

// `top`: the work tree's folder; empty: none, so nothing is known. Reads the latest logs that name it, 256 MiB at most.
comprehension::AgentEdits edits_of_agents(const Environment& environment, const std::string& top);

}  // namespace cascade::cli
