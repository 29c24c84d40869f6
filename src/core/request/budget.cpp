#include "request/task.h"

#include <algorithm>

namespace cascade::request {

Result<std::optional<TokenModel>> find_model(const std::string& name) {
  if (name.empty()) return std::optional<TokenModel>();
  const auto model = token_model(name);
  if (model) return model;
  std::string known;
  for (const TokenModel& other : token_models()) known += (known.empty() ? "" : ", ") + other.name;
  return Error{ErrorCode::misuse, "unknown model '" + name + "'", {}, "known are " + known};
}

Result<void> set_budget(const Workspace& workspace, const Limits& limits, Task& task) {
  const TokenLimit& preferred = workspace.preferences().budget;
  std::optional<TokenLimit> wanted = limits.tokens;
  if (!wanted && (preferred.tokens > 0 || preferred.share_ppm > 0)) wanted = preferred;
  if (wanted) {
    const std::uint32_t window = limits.model ? limits.model->window : 0;
    if (wanted->share_ppm > 0 && window == 0)
      return Error{ErrorCode::misuse, "a share of the window needs a model whose window is known", {}, {}};
    const std::uint64_t tokens = tokens_of(*wanted, window);
    if (limits.model) task.model_tokens = static_cast<std::uint32_t>(tokens);
    const std::uint64_t most = limits.model ? to_o200k(*limits.model, tokens) : tokens;
    task.bundle.budget.limit.tokens = static_cast<TokenCount>(std::min<std::uint64_t>(most, unlimited - 1));
  }
  if (limits.chars) task.bundle.budget.limit.chars = *limits.chars;
  task.model = limits.model;
  task.exact = workspace.counter().exact();
  return {};
}

}  // namespace cascade::request
