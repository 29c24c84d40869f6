// The options of verbs that ask the router: search, route, eval.
#pragma once

#include <cascade/route.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/call.h"
#include "request/task.h"

namespace cascade::cli {

struct QueryOptions {
  std::vector<std::string> kinds, paths;
  std::optional<std::uint32_t> top;
  std::string caution;

  void declare_kinds(Arguments& arguments);
  void declare_paths(Arguments& arguments);
  void declare_top(Arguments& arguments);
  void declare_caution(Arguments& arguments);
};

// A query without a text. The caution comes from --caution, or else from cascade.yaml. misuse: an unknown kind or
// caution.
Result<Query> make_query(const QueryOptions& options, std::size_t default_top, const Preferences& preferences = {});

std::string joined(const std::vector<std::string>& words);  // joined with blanks

// The options that `bundle` and `why` share: roots from a prompt, how far to follow, the budget.

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
