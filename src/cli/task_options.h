// The options that `bundle` and `why` share: roots from a prompt, how far to follow, a budget.
#pragma once

#include "cli/call.h"
#include "request/task.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cascade::cli {

// The options as given; declare() adds them to a verb's.
struct TaskOptions {
  std::optional<std::string> prompt, budget;
  std::optional<std::uint32_t> max_chars, depth;
  std::string follow;
  std::vector<std::string> exclude;

  void declare(Arguments& arguments);
};

// Budget: --budget, else CASCADE_BUDGET, else cascade.yaml's; likewise the model. misuse: an unknown model or strength,
// a budget that is neither a number nor a share of a known window. The roots are still to be added.
Result<request::Task> make_task(const Call& call, const Workspace& workspace, const TaskOptions& options);

// What --ladder gives, the largest first. misuse: as for the budget.
Result<std::vector<request::Limits>> ladder_limits(const Call& call, const Workspace& workspace,
                                                   const TaskOptions& options, const std::vector<std::string>& rungs);

}  // namespace cascade::cli
