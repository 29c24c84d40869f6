// cascade_bundle.
#include <cascade/bundle.h>

#include <algorithm>

#include "c/handle.h"
#include "c/task.h"
#include "render/bundle.h"

namespace cascade::c {
namespace {

struct BundleKeys {
  explicit BundleKeys(Request& request)
      : resolve(request),
        prompt(request.text("prompt")),
        model(request.text("model")),
        budget(request.number("budget")),
        max_chars(request.number("max_chars")),
        gated(request.flag("gated")),
        already_loaded(request.hashes("already_loaded")),
        previous(request.hashes("previous")),
        wanted(format(request, {Format::json, Format::text, Format::markdown})) {
    if (resolve.items.empty() == !prompt) request.fail("items", "given, or else 'prompt'");
  }

  ResolveKeys resolve;
  std::optional<std::string> prompt, model;
  std::optional<std::uint32_t> budget, max_chars;
  bool gated;
  std::vector<std::uint64_t> already_loaded, previous;
  Format wanted;
};

// What is asked for, as the modules below take it.
struct Task {
  cascade::Request request;
  BundleRequest bundle;
  rendering::BundleContext context;
  Query query;
  std::optional<Router> router;
};

Result<void> set_budget(const BundleKeys& keys, const Workspace& workspace, Task& task) {
  const Preferences& preferred = workspace.preferences();
  const std::string name = keys.model.value_or(preferred.model);
  if (!name.empty()) {
    task.context.model = token_model(name);
    if (!task.context.model) return Error{ErrorCode::misuse, "unknown model '" + name + "'", {}, {}};
  }
  std::optional<std::uint32_t> tokens = keys.budget;
  if (!tokens && (preferred.budget.tokens > 0 || preferred.budget.share_ppm > 0)) {
    const std::uint32_t window = task.context.model ? task.context.model->window : 0;
    if (preferred.budget.share_ppm > 0 && window == 0)
      return Error{ErrorCode::misuse, "a share of the window needs a model whose window is known", {}, {}};
    tokens = static_cast<std::uint32_t>(tokens_of(preferred.budget, window));
  }
  if (tokens) {
    if (task.context.model) task.context.model_tokens = *tokens;
    const std::uint64_t limit = task.context.model ? to_o200k(*task.context.model, *tokens) : *tokens;
    task.bundle.budget.limit.tokens = static_cast<TokenCount>(std::min<std::uint64_t>(limit, unlimited - 1));
  }
  if (keys.max_chars) task.bundle.budget.limit.chars = *keys.max_chars;
  task.context.exact = workspace.counter().exact();
  return {};
}

// Adds the first-ranked manifest to the roots. False when nothing matches, or the gate is closed.
Result<bool> add_prompt_root(const BundleKeys& keys, const Workspace& workspace, Task& task) {
  auto router = workspace.router();
  if (!router) return router.error();
  task.query.text = *keys.prompt;
  task.query.limit = 1;
  const Routing routing = router->rank(task.query);
  if (routing.ranked.empty() || (keys.gated && routing.decision != Decision::load)) return false;
  const ManifestView first = workspace.registry()[routing.ranked.front().id];
  task.request.roots = {{first.kind, std::string(first.name)}};
  task.router = *std::move(router);
  return true;
}

Result<Bundle> assemble_task(const Workspace& workspace, Task& task) {
  const Registry registry = workspace.registry();
  auto resolution = resolve(registry, task.request);
  if (!resolution) return resolution.error();
  task.bundle.resolution = *std::move(resolution);
  task.bundle.follow = task.request.follow;
  task.bundle.folder = [&](ManifestId id) { return workspace.folder(registry[id]); };
  if (task.router) task.bundle.relevance = task.router->relevance(task.query);
  return assemble(
      registry, task.bundle, workspace.counter(),
      [&](const ManifestView& manifest, const SectionView& section) { return workspace.read(manifest, section); });
}

Result<Answer> bundle(cascade_workspace& handle, Request& request) {
  const BundleKeys keys(request);
  if (auto done = request.finish(); !done) return done.error();
  Workspace& workspace = handle.workspace;
  Task task;
  if (auto set = set_budget(keys, workspace, task); !set) return set.error();
  task.bundle.already_loaded = keys.already_loaded;
  task.bundle.previous = keys.previous;
  auto found = keys.resolve.find(workspace.registry());
  if (!found) return found.error();
  task.request = *std::move(found);
  if (keys.prompt) {
    const auto any = with_refresh(workspace, [&] { return add_prompt_root(keys, workspace, task); });
    if (!any) return any.error();
    if (!*any)
      return Error{ErrorCode::not_found,
                   keys.gated ? "nothing is to be loaded for this prompt" : "nothing matches this prompt",
                   {},
                   {}};
  }
  const auto assembled = with_refresh(workspace, [&] { return assemble_task(workspace, task); });
  if (!assembled) return assembled.error();
  task.context.roots = task.request.roots;
  auto text = rendering::bundle(workspace.registry(), *assembled, task.context, keys.wanted);
  if (!text) return text.error();
  return Answer{*std::move(text), assembled->status == PackingStatus::ok};
}

}  // namespace
}  // namespace cascade::c

cascade_code cascade_bundle(cascade_workspace* workspace, const char* request, char** answer) {
  return cascade::c::answered_by(workspace, request, answer, cascade::c::bundle);
}
