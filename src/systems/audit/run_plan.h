// Which commands --run runs: those that the repository declares, set-up first, then build, linters and tests.
#pragma once

#include <vector>

#include "audit/subject.h"
#include "confined/runs.h"

namespace cascade::audit {

// At most 40. A command that several packages share is planned once.
std::vector<PlannedRun> plan_runs(const Subject& subject);

}  // namespace cascade::audit
