// Learns from use which sections are worth more or less than others, and forgets it again.
#pragma once

#include "cli/call.h"
#include "usage/report.h"

namespace cascade::cli {

// Writes what was learned, if the bundles for the user's own prompts are not worse with it (docs/usage.md). Exits with
// 1 and leaves nothing learned if they are, or if there is nothing to learn from yet.
Exit learn(Call& call, Workspace& workspace, const usage::Report& report, bool dry_run);
// Exits with 1 if nothing was learned here.
Exit forget_learned(Call& call, bool dry_run);

}  // namespace cascade::cli
