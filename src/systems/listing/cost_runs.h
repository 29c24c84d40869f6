// `cascade cost --runs`.
#pragma once

#include <optional>
#include <string>

#include "cli/call.h"

namespace cascade::cli {

// Reports one session, or all that are kept.
Exit cost_of_runs(Call& call, const std::optional<std::string>& session);

}  // namespace cascade::cli
