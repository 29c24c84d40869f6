#include "cli/prompt_bundle.h"

#include <algorithm>
#include <utility>

#include "cli/prompt_facts.h"

namespace cascade::cli {

void leave_out(const Past& past, request::Task& task) {
  task.bundle.already_loaded = past.held;
  const auto has = [](const std::vector<std::string>& names, const Symbol& symbol) {
    return std::find(names.begin(), names.end(), to_string(symbol)) != names.end();
  };
  const std::vector<Symbol>& roots = task.request.roots;
  if (std::none_of(roots.begin(), roots.end(), [&](const Symbol& root) { return has(past.active, root); })) return;
  task.fills = false;
  for (const std::string& name : past.sent)
    if (const auto symbol = Symbol::parse(name);
        symbol && std::find(roots.begin(), roots.end(), *symbol) == roots.end())
      task.request.exclude.push_back(*symbol);
}

Result<std::optional<Bundle>> bundle_for_prompt(const Call& call, const Workspace& workspace, request::Task& task,
                                                request::Gate gate, const Past& past) {
  const auto found = add_prompt_root(workspace, task, gate);
  if (!found) return found.error();
  leave_out(past, task);
  task.bundle.quotes =
      facts_for_prompt(call.environment(), task.prompt, task.bundle.budget, workspace.counter(), past.held);
  if (!*found && task.bundle.quotes.empty()) return std::optional<Bundle>();
  if (!*found) return std::optional(bundle_of_facts(task.bundle.quotes, task.bundle.budget, workspace.counter()));
  auto bundle = assemble_task(workspace, task);
  if (!bundle) return bundle.error();
  return std::optional<Bundle>(*std::move(bundle));
}

}  // namespace cascade::cli
