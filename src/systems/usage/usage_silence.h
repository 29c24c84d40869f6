// Switches skills and commands to "only by name" in the project's own settings for one machine, and back.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <vector>

#include "cli/call.h"

namespace cascade::cli {

// misuse: no name, or one that has no switch.
Exit silence(Call& call, const Registry& registry, const std::vector<std::string>& names, bool dry_run);
// Takes back what was silenced, or those `names` of it. Exits with 1 if nothing was silenced here, or one of them was
// not.
Exit restore_silenced(Call& call, const std::vector<std::string>& names, bool dry_run);

}  // namespace cascade::cli
