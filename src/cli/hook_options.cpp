// What an answer needs that the event does not say. The program's name is found out only when a text mentions it,
// because that takes a walk over PATH.
#include "cli/hook_options.h"

#include <algorithm>

#include "cli/data_files.h"
#include "files/paths.h"
#include "files/tree.h"

namespace cascade::cli {

namespace {

// "cascade" if PATH leads to this program, otherwise its quoted path.
std::string program_in_shell(const Environment& environment) {
  const files::DiskTree tree;
  const std::string own = program_path(), &path = environment.search_path;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::string file = files::join(path.substr(begin, end - begin), "cascade");
    if (tree.stat(file)) {
      if (const auto real = tree.real_path(file); real && *real == own) return "cascade";
      break;
    }
    begin = end + 1;
  }
  return own.find_first_of(" \t'\"$`\\") == std::string::npos ? own : "'" + own + "'";
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
  options.program = [&environment = call.environment()] { return program_in_shell(environment); };
  return options;
}

}  // namespace cascade::cli
