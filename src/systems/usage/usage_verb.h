// The parts of the verb `usage`.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "usage/report.h"

// Gathers what `usage` and `session report` are made of: ledgers, the clients' logs, the library.
namespace cascade::cli {

// The figures of the sessions that `question` asks for. Reads the library that `workspace` has open.
usage::Report usage_of(const Call& call, const Workspace& workspace, const Registry& registry,
                       const usage::Question& question);

// Switches skills and commands to "only by name" in the project's own settings for one machine, and back.
// misuse: no name, or one that has no switch.
Exit silence(Call& call, const Registry& registry, const std::vector<std::string>& names, bool dry_run);
// Takes back what was silenced, or those `names` of it. Exits with 1 if nothing was silenced here, or one of them was
// not.
Exit restore_silenced(Call& call, const std::vector<std::string>& names, bool dry_run);

}  // namespace cascade::cli
