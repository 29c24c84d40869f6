#include "cli/task.h"

#include "cli/item.h"

#include <algorithm>

namespace cascade::cli {
namespace {

Error misuse(std::string message, std::string help = {}) {
  return Error{ErrorCode::misuse, std::move(message), {}, std::move(help)};
}

Result<TokenLimit> limit_of(const std::string& source, const std::string& text) {
  if (const auto limit = parse_token_limit(text)) return *limit;
  return misuse(source + " is no number of tokens and no share of a window: '" + text + "'", "4000, or 2%");
}

// In the model's tokens; nothing when no budget was set. A share needs a model whose window is known.
Result<std::optional<std::uint32_t>> wanted_tokens(const Call& call, const Workspace& workspace,
                                                   const std::optional<TokenModel>& model,
                                                   const std::optional<std::string>& flag) {
  Result<TokenLimit> limit = workspace.preferences().budget;
  bool is_set = limit->tokens > 0 || limit->share_ppm > 0;
  if (const std::string& text = flag ? *flag : call.environment().budget; flag || !text.empty()) {
    limit = limit_of(flag ? "--budget" : "CASCADE_BUDGET", text);
    if (!limit) return limit.error();
    is_set = true;
  }
  if (!is_set) return std::optional<std::uint32_t>();
  if (limit->share_ppm > 0 && (!model || model->window == 0))
    return misuse("a share of the window needs a model whose window is known", "--model opus, or a number of tokens");
  return std::optional<std::uint32_t>(static_cast<std::uint32_t>(tokens_of(*limit, model ? model->window : 0)));
}

}  // namespace

std::optional<Strength> parse_strength(std::string_view text) noexcept {
  for (Strength strength : {Strength::required, Strength::invoked, Strength::mentioned})
    if (text == to_string(strength)) return strength;
  return std::nullopt;
}

void TaskOptions::declare(Arguments& arguments) {
  arguments.text("--prompt", prompt);
  arguments.text("--budget", budget);
  arguments.number("--max-chars", max_chars);
  arguments.number("--depth", depth);
  arguments.text("--follow", follow);
  arguments.list("--exclude", exclude);
}

Result<Task> make_task(const Call& call, const Workspace& workspace, const TaskOptions& options) {
  Task task;
  task.request.depth = options.depth.value_or(0);
  if (!options.follow.empty()) {
    const auto follow = parse_strength(options.follow);
    if (!follow) return misuse("unknown strength '" + options.follow + "'", "one of required, invoked, mentioned");
    task.request.follow = *follow;
  }
  auto model = call.model(workspace.preferences().model);
  if (!model) return model.error();
  auto tokens = wanted_tokens(call, workspace, *model, options.budget);
  if (!tokens) return tokens.error();
  if (*tokens) {
    if (*model) task.context.model_tokens = **tokens;
    const std::uint64_t limit = *model ? to_o200k(**model, **tokens) : **tokens;
    task.budget.limit.tokens = static_cast<TokenCount>(std::min<std::uint64_t>(limit, unlimited - 1));
  }
  if (options.max_chars) task.budget.limit.chars = *options.max_chars;
  task.context.model = *model;
  task.context.exact = workspace.counter().exact();
  task.prompt = options.prompt.value_or("");
  return task;
}

Result<bool> add_prompt_root(const Workspace& workspace, Task& task, bool gated) {
  auto router = workspace.router();
  if (!router) return router.error();
  Query query;
  query.text = task.prompt;
  query.limit = 1;
  const Routing routing = router->rank(query);
  if (routing.ranked.empty() || (gated && routing.decision != Decision::load)) return false;
  task.request.roots.push_back(symbol_of(workspace.registry()[routing.ranked.front().id]));
  task.router = *std::move(router);
  return true;
}

Result<Assembled> assemble_task(const Workspace& workspace, const Task& task) {
  const Registry registry = workspace.registry();
  auto resolution = resolve(registry, task.request);
  if (!resolution) return resolution.error();
  BundleRequest request;
  request.resolution = *resolution;
  request.follow = task.request.follow;
  request.budget = task.budget;
  request.priced = task.priced;
  request.folder = [&](ManifestId id) { return workspace.folder(registry[id]); };
  Query query;
  query.text = task.prompt;
  if (task.router) request.relevance = task.router->relevance(query);
  auto bundle = assemble(
      registry, request, workspace.counter(),
      [&](const ManifestView& manifest, const SectionView& section) { return workspace.read(manifest, section); });
  if (!bundle) return bundle.error();
  return Assembled{*std::move(resolution), *std::move(bundle)};
}

}  // namespace cascade::cli
