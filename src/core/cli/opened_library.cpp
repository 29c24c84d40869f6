#include "cli/opened_library.h"

#include "workspace/contents.h"

#include <utility>

namespace cascade::cli {
namespace {

Result<OpenedLibrary> open_with(Call& call, WorkspaceOptions options, const std::string& root,
                                const OpenedLibrary* now) {
  options.roots = {{root, Scope::project}};
  options.default_roots = false;
  options.directory = root;
  const std::vector<FileInstead> instead = options.instead;
  const unsigned threads = options.threads;
  auto workspace = call.open(std::move(options));
  if (!workspace) return workspace.error();
  const bool same_paths = now != nullptr && keeps_paths(instead);
  auto files = same_paths ? now->files.with(instead) : TreeFiles::list(root, threads, instead);
  if (!files) return files.error();
  Registry registry = workspace->registry();
  return OpenedLibrary{*std::move(workspace), std::move(registry), *std::move(files)};
}

}  // namespace

Result<OpenedLibrary> open_library(Call& call, const std::string& root, std::vector<FileInstead> instead,
                                   const OpenedLibrary* now) {
  WorkspaceOptions options = call.workspace_options();
  options.instead = std::move(instead);
  return open_with(call, std::move(options), root, now);
}

WorkspaceOptions options_for_others(Call& call) {
  WorkspaceOptions options = call.workspace_options();
  options.cache_directory.clear();
  options.read_configuration = [](const std::string& path, std::uint64_t) -> Result<std::string> {
    return Error{ErrorCode::not_found, "not obeyed", path, {}};
  };
  return options;
}

Result<OpenedLibrary> open_others_library(Call& call, const std::string& root) {
  return open_with(call, options_for_others(call), root, nullptr);
}

}  // namespace cascade::cli
