#include "request/task.h"
#include "request/withhold.h"

#include <algorithm>
#include <utility>

namespace cascade::request {
namespace {

constexpr std::size_t most_roots = 3;

Routing rank(const Router& router, const Registry& registry, const Task& task, Query& query) {
  Routing routing = router.rank(query);
  if (!task.switches || !withhold(registry, routing, *task.switches, query)) return routing;
  if (task.by_model) insert_sorted(query.hidden, query.only_by_name);
  return router.rank(query);
}

}  // namespace

Result<bool> add_prompt_root(const Workspace& workspace, Task& task, Gate gate) {
  auto router = workspace.router();
  if (!router) return router.error();
  const Registry registry = workspace.registry();
  Query query;
  query.text = task.prompt;
  query.limit = 1;
  query.evidence = false;
  query.caution = parse_caution(workspace.preferences().caution).value_or(Caution::normal);
  for (const Symbol& symbol : task.request.exclude)
    if (const auto id = registry.find(symbol)) insert_sorted(query.hidden, {*id});
  const Routing routing = rank(*router, registry, task, query);
  task.guess.reset();
  task.left_out.clear();
  task.of_prompt = 0;
  if (routing.ranked.empty()) return false;
  const Symbol best = symbol_of(registry[routing.ranked.front().id]);
  if (gate == Gate::kept && routing.decision == Decision::silence) {
    task.guess = best;
    return false;
  }
  std::vector<Match> taken = routing.loaded;
  for (const Need& need : routing.needs)
    if (need.decision == Decision::offer) taken.push_back(need.matches.front());
  if (taken.empty()) taken.push_back(routing.ranked.front());
  for (const Match& match : taken) {
    const Symbol symbol = symbol_of(registry[match.id]);
    std::vector<Symbol>& roots = task.request.roots;
    if (std::find(roots.begin(), roots.end(), symbol) != roots.end()) continue;
    (task.of_prompt < most_roots ? roots : task.left_out).push_back(symbol);
    if (task.of_prompt < most_roots) ++task.of_prompt;
  }
  task.router = *std::move(router);
  return true;
}

std::string nothing_for_prompt(const Task& task, std::string_view anyway) {
  if (!task.guess) return "nothing matches this prompt";
  return "nothing clearly fits this prompt; " + std::string(anyway) + " takes the best guess, " +
         to_string(*task.guess);
}

}  // namespace cascade::request
