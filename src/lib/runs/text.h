// Renders the cost of subagents by agent and tier, for `cascade cost --runs`.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "render/paint.h"
#include "runs/report.h"

namespace cascade::rendering {

// text, json (docs/formats/cost.md). `runs`: the runs that the report covers.
Result<std::string> run_report(const tiers::RunReport& report, const std::vector<tiers::Run>& runs,
                               const std::vector<policy::OwnPrice>& own, Format format, Paint paint);

}  // namespace cascade::rendering
