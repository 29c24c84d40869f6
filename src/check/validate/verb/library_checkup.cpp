// What `validate` and `index` share: with the same options they find the same, and one cache of findings serves both.
#include "validate/verb/library_checkup.h"

#include "client/names.h"
#include "files/paths.h"
#include "files/tree.h"
#include "workspace/contents.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace cascade::cli {

namespace {

bool is_error(const Diagnostic& problem) { return problem.severity == Severity::error; }

}  // namespace

CheckupOptions checkup_options(Call& call, const std::string& profile, bool cached) {
  CheckupOptions made;
  made.workspace = call.workspace_options();
  made.profile = profile;
  const std::string& cache = call.environment().cache;
  if (!cache.empty() && cached) made.caches = std::make_shared<FindingsCaches>(files::join(cache, "validate"));
  made.open = [&call](WorkspaceOptions wanted) { return call.open(std::move(wanted)); };
  made.step = [&call](std::string_view name) { call.step(name); };
  return made;
}

std::vector<std::string> agents_of(const Registry& registry) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < registry.size(); ++i)
    if (const ManifestView manifest = registry[ManifestId{i}]; manifest.kind == Kind::agent)
      names.emplace_back(manifest.name);
  return names;
}

Beside beside_projects(Call& call, const std::vector<std::string>& roots) {
  const files::DiskTree tree;
  const auto is_project = [&](const std::string& root) {
    return tree.stat(files::join(root, client::own_folder::name)).has_value();
  };
  if (!std::any_of(roots.begin(), roots.end(), is_project)) return {};
  WorkspaceOptions options = call.workspace_options();
  options.roots.clear();
  options.default_roots = true;
  options.log = {};
  const auto workspace = call.open(std::move(options));
  if (!workspace) return {};
  const Registry registry = workspace->registry();
  Beside beside{agents_of(registry), {}};
  const auto is_checked = [&](const ManifestView& manifest) {
    const std::string& from = workspace->roots()[manifest.root].path;
    return std::any_of(roots.begin(), roots.end(),
                       [&](const std::string& root) { return files::is_within(root, from); });
  };
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    const std::vector<Diagnostic> problems = registry.problems(ManifestId{i});
    const bool is_shipped = manifest.scope == Scope::builtin && !WorkspaceContents::is_added(*workspace, manifest.root);
    if (std::any_of(problems.begin(), problems.end(), is_error) && !is_shipped && !is_checked(manifest))
      beside.broken.push_back(to_string(symbol_of(manifest)));
  }
  return beside;
}

}  // namespace cascade::cli
