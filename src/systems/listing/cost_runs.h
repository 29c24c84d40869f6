// `cascade cost --runs`.
#pragma once

#include <optional>
#include <string>

#include "cli/call.h"
#include "tiers/report.h"

namespace cascade::cli {

// Reports one session, or all that are kept.
Exit cost_of_runs(Call& call, const std::optional<std::string>& session);

// What all runs that sessions kept have cost, at the prices of docs/tiers.md and the user's own.
Result<tiers::RunReport> report_of_kept_runs(Call& call);

}  // namespace cascade::cli
