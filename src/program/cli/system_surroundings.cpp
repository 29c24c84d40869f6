#include "cli/system_surroundings.h"

#include "cli/data_files.h"
#include "cli/gate_door.h"
#include "cli/lease_door.h"
#include "cli/skill_hooks.h"

namespace cascade::cli {

namespace {

// The workspace is opened only when a subagent's tool is judged.
std::optional<std::vector<std::string>> tools_of(WorkspaceOptions options, const std::string& agent,
                                                 const std::string& directory) {
  options.directory = directory;
  options.freshness = Freshness::partial;
  options.log = {};
  const auto workspace = Workspace::open(std::move(options));
  if (!workspace) return std::nullopt;
  const Registry registry = workspace->registry();
  const auto id = registry.find(Symbol{Kind::agent, agent});
  if (!id) return std::nullopt;
  std::vector<std::string> names;
  for (const ToolName& tool : registry.tools(*id))
    names.push_back(tool.server.empty() ? tool.tool
                                        : "mcp__" + tool.server + (tool.tool.empty() ? "" : "__" + tool.tool));
  if (names.empty()) return std::nullopt;
  return names;
}

}  // namespace

systems::Surroundings system_surroundings(const Call& call, std::int64_t now) {
  const Environment& environment = call.environment();
  systems::Surroundings surroundings;
  surroundings.state_directory = environment.state;
  surroundings.users_file = environment.users_configuration;
  surroundings.project_directory = environment.project_directory;
  surroundings.home = environment.home;
  surroundings.client_folder = environment.user.folder;
  surroundings.git_program = git_program();
  surroundings.own_program = program_path();
  surroundings.environment_file = environment.environment_file;
  surroundings.temporary = environment.temporary;
  surroundings.environment = environment.of_git;
  surroundings.tools_of = [&call](const std::string& agent, const std::string& directory) {
    return tools_of(call.workspace_options(), agent, directory);
  };
  surroundings.hooks = [&environment, now] { return hook_place(environment, now); };
  surroundings.hooked = [&call](const std::vector<std::string>& manifests, const std::string& directory) {
    return hooked_there(call.workspace_options(), manifests, directory);
  };
  surroundings.called = [&call](const std::string& name, const std::string& directory) {
    return called_there(call.workspace_options(), name, directory);
  };
  surroundings.leases = lease_door(environment);
  surroundings.gates = gate_door(environment, now);
  surroundings.now = now;
  return surroundings;
}

}  // namespace cascade::cli
