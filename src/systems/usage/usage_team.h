// A team's figures in the PostgreSQL store that `store:` names: this machine's are added only when asked, and all of
// them are shown.
#pragma once

#include "cli/call.h"
#include "usage/otlp.h"
#include "usage/report.h"

namespace cascade::cli {

// All end with 3 if `store:` names no server, or if it cannot be reached.
Exit share_figures(Call& call, const usage::Report& report, usage::Names names, bool dry_run);
Exit withdraw_figures(Call& call, bool dry_run);
Exit show_team(Call& call, const usage::Question& question, Format format);

}  // namespace cascade::cli
