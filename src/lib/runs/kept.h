// The subagents' runs that sessions kept, as their transcripts are now.
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "cli/environment.h"
#include "policy/tiers.h"
#include "runs/report.h"

namespace cascade::cli {

std::vector<tiers::Run> runs_of_session(const std::string& state, const std::string& id);
// Of the user's own cascade.yaml and the project's.
Result<std::vector<policy::OwnPrice>> own_prices(const Environment& environment);
// What all of them have cost, at the prices of docs/tiers.md and the user's own.
Result<tiers::RunReport> report_of_kept_runs(const Environment& environment);

}  // namespace cascade::cli
