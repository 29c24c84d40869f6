#include "request/task.h"
#include "request/withhold.h"

#include <algorithm>
#include <utility>

namespace cascade::request {
namespace {

Routing rank(const Router& router, const Registry& registry, const Task& task, Query& query) {
  Routing routing = router.rank(query);
  if (!task.switches || !withhold(registry, routing, *task.switches, query)) return routing;
  if (task.by_model) insert_sorted(query.hidden, query.only_by_name);
  return router.rank(query);
}

}  // namespace

Result<bool> add_prompt_root(const Workspace& workspace, Task& task, Decision least) {
  auto router = workspace.router();
  if (!router) return router.error();
  Query query;
  query.text = task.prompt;
  query.limit = 1 + task.request.exclude.size();
  query.evidence = false;
  const Registry registry = workspace.registry();
  const Routing routing = rank(*router, registry, task, query);
  std::vector<std::optional<ManifestId>> excluded;
  for (const Symbol& symbol : task.request.exclude) excluded.push_back(registry.find(symbol));
  const auto best = std::find_if(routing.ranked.begin(), routing.ranked.end(), [&](const Match& match) {
    return std::find(excluded.begin(), excluded.end(), match.id) == excluded.end();
  });
  if (best == routing.ranked.end()) return false;
  // Decisions are ordered from load to silence.
  if (least != Decision::silence && (routing.decision > least || best != routing.ranked.begin())) return false;
  task.request.roots.push_back(symbol_of(registry[best->id]));
  task.router = *std::move(router);
  return true;
}

std::string_view nothing_for_prompt(bool gated) noexcept {
  return gated ? "nothing is to be loaded for this prompt" : "nothing matches this prompt";
}

}  // namespace cascade::request
