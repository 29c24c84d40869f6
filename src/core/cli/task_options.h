// The options that `bundle` and `why` share: roots from a prompt, how far to follow, the budget.
#pragma once

#include "cli/call.h"
#include "request/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::cli {

// The values of the options; declare() adds the options to a verb.
struct TaskOptions {
  std::optional<std::string> prompt, budget;
  std::optional<std::uint32_t> max_chars, depth;
  std::string follow;
  std::vector<std::string> exclude;

  void declare(Arguments& arguments);
};

// The budget comes from --budget, or else from CASCADE_BUDGET, or else from cascade.yaml; likewise the model. misuse:
// an unknown model or strength, or a budget that is neither a number nor a share of a known window. The caller adds the
// roots.
Result<request::Task> make_task(const Call& call, const Workspace& workspace, const TaskOptions& options);

// The budgets from --ladder, the largest first. misuse: as for the budget.
Result<std::vector<request::Limits>> ladder_limits(const Call& call, const Workspace& workspace,
                                                   const TaskOptions& options, const std::vector<std::string>& rungs);

}  // namespace cascade::cli
