// Whether commands of a repository may be run: a person says so once for each text of them, or --yes does.
#pragma once

#include <optional>
#include <string>

#include "cli/call.h"
#include "scores/scores.h"

namespace cascade::cli {

struct RunRequest {
  std::string root, plan;  // the repository; the commands as a person reads them, a line each
  bool is_allowed = false, network = false;
};

// unsupported: nobody allowed it. The first time, and whenever the plan has changed, a person is shown what would run.
Result<void> ask_to_run(Call& call, const RunRequest& request);

// Nothing if there is no store: an audit without a memory is still an audit.
std::optional<scores::Scores> open_scores(Call& call, bool creates);

}  // namespace cascade::cli
