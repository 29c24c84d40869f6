// `cascade guard git-hook`: what the scripts of layer two ask.
#pragma once

#include <string>
#include <vector>

#include "cli/call.h"

namespace cascade::cli {

// cascade guard git-hook STATE CONFIGURATION TEMPORARY SESSION NAME ARGUMENT...: called by the scripts that layer two
// gives to git. The first three are the values from the session's start, since a line may have changed the environment.
Exit run_git_hook(Call& call, const std::vector<std::string>& words);

}  // namespace cascade::cli
