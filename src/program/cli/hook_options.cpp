// What an answer needs that the event does not say. The program's name is found out only when a text mentions it,
// because that takes a walk over PATH.
#include "cli/hook_options.h"

#include <algorithm>

#include "cli/data_files.h"
#include "cli/hook_entries.h"
#include "files/paths.h"
#include "files/program_path.h"
#include "files/tree.h"
#include "policy/policy.h"

namespace cascade::cli {

namespace {

// "cascade" if PATH leads to this program, otherwise its quoted path.
std::string program_in_shell(const Environment& environment) {
  const files::DiskTree tree;
  const std::string own = program_path();
  const std::string found = files::program_on_path(tree, environment.search_path, "cascade");
  if (!found.empty() && tree.real_path(found).value_or(found) == own) return "cascade";
  return own.find_first_of(" \t'\"$`\\") == std::string::npos ? own : "'" + own + "'";
}

// The entries by which the client reports what ran, and the switch by which it is kept.
std::string missing_sight(const Environment& environment) {
  const files::DiskTree tree;
  const std::string here =
      environment.project_directory.empty() ? tree.real_path(".").value_or("/") : environment.project_directory;
  const auto policy = policy::read_policy(tree, environment.users_configuration, here);
  const bool is_on = policy && policy->playbooks != policy::Mode::off;
  const std::vector<HookedSettings> all = find_hooked_settings(environment);
  const bool is_called = std::any_of(all.begin(), all.end(), [&](const HookedSettings& settings) {
    const std::vector<std::string> systems = installed_systems(environment, settings.path);
    return std::find(systems.begin(), systems.end(), "playbooks") != systems.end();
  });
  const std::string entries = is_called ? "" : "`cascade init --with playbooks`",
                    key = is_on ? "" : "`systems: { playbooks: on }` in cascade.yaml";
  return entries + (entries.empty() || key.empty() ? "" : " and ") + key;
}

}  // namespace

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
  options.client_folder = call.environment().user.folder;
  options.plugin_folder = call.environment().plugin_folder;
  options.missing_sight = [&environment = call.environment()] { return missing_sight(environment); };
  options.program = [&environment = call.environment()] { return program_in_shell(environment); };
  return options;
}

}  // namespace cascade::cli
