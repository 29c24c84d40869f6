#include "cli/hook_options.h"

namespace cascade::cli {

HookOptions hook_options(const Call& call, const Workspace& workspace) {
  HookOptions options;
  const auto model = call.model(workspace.preferences().model);
  if (model && *model) options.model = (*model)->name;
  auto limit = parse_token_limit(call.environment().budget);
  if (!limit) limit = workspace.preferences().budget;
  options.prompt_budget = options.agent_budget = *limit;
  options.search_path = call.environment().search_path;
  options.is_allowed = allowed_by_user(call.environment());
  options.home = call.environment().home;
  return options;
}

}  // namespace cascade::cli
