// What `validate` and `index` share: with the same options they find the same, and one cache of findings serves both.
#include "validate/verb/library_checkup.h"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "cli/call.h"
#include "cli/opened_library.h"
#include "cli/validated.h"
#include "client/names.h"
#include "files/paths.h"
#include "files/tree.h"
#include "render/doctor.h"
#include "render/parts.h"
#include "validate/report/findings.h"
#include "workspace/contents.h"

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

// What other verbs ask the validator: faults below some folders, and those of each root for `cascade doctor`.
namespace {

using rendering::Check;
using rendering::CheckState;

// A root with what `cascade validate` finds below it, by the same rules and the same cascade.yaml, so that it can be
// looked at there. An error is bad where the user can mend it, and a note where others can.
Check root_check(Call& call, const Registry& registry, const Root& root, const std::string& scope) {
  Check check{"root", CheckState::good, root.path + " (" + scope + ")", ""};
  CheckupOptions options = checkup_options(call, "", true);
  options.workspace.log = {};
  options.known_agents = agents_of(registry);
  options.open = [&call](WorkspaceOptions wanted) { return call.open_anyhow(std::move(wanted)); };
  Checkup checkup(options);
  const auto added = checkup.add(root.path, "");
  if (options.caches) options.caches->save();
  if (!added || !checkup.reaches(Severity::warning)) return check;
  std::size_t count = 0;
  std::set<std::string> files;
  const Diagnostic* worst = nullptr;  // the first of them
  for (const Diagnostic& finding : checkup.validation().found) {
    if (finding.severity < Severity::warning) continue;
    ++count;
    files.insert(finding.at.path);
    if (worst == nullptr || finding.severity > worst->severity) worst = &finding;
  }
  check.detail += ", " + rendering::count_of(count, "finding") + " in " + rendering::count_of(files.size(), "file") +
                  "; first " + rendering::place_of(worst->at) + ": " + worst->message;
  const bool is_own = root.scope != Scope::builtin && root.scope != Scope::plugin;
  const bool is_shipped = root.scope == Scope::builtin && scope == to_string(Scope::builtin);
  if (worst->severity == Severity::error && !is_shipped) check.state = is_own ? CheckState::bad : CheckState::warning;
  check.help = "cascade validate '" + root.path + "'";
  return check;
}

}  // namespace

Result<void> check_roots(Call& call, Workspace& library, bool /*repairs*/, std::vector<Check>& checks) {
  const rendering::Roots roots = Call::roots(library);
  for (std::size_t i = 0; i < roots.paths.size(); ++i) {
    const Root& root = library.roots()[i];
    checks.push_back(
        root_check(call, library.registry(), root, roots.added[i] ? "added" : std::string(to_string(root.scope))));
  }
  return {};
}

Result<FoundFaults> faults_below(Call& call, const Sought& sought) {
  CheckupOptions how = checkup_options(call, sought.profile, !sought.is_of_others);
  if (sought.is_of_others) how.workspace = options_for_others(call);
  if (sought.is_quiet) how.workspace.log = {};
  std::vector<std::string> folders;
  for (const SoughtRoot& root : sought.roots) folders.push_back(root.folder);
  if (sought.knows_others) how.known_agents = beside_projects(call, folders).agents;
  const auto checkup = std::make_shared<Checkup>(how);
  for (const SoughtRoot& root : sought.roots)
    if (const auto added = checkup->add(root.folder, root.prefix); !added) return added.error();
  if (how.caches && sought.knows_others) how.caches->save();
  FoundFaults found;
  found.findings = checkup->validation().found;
  if (!folders.empty()) found.manifests = checkup->manifests(folders.front());
  found.file_of = [checkup](const std::string& path) { return checkup->file_of(path); };
  found.text = [checkup](const std::vector<Diagnostic>& some, rendering::Paint paint) {
    rendering::FindingsContext context = rendering::context_of(*checkup);
    context.version = CASCADE_VERSION;
    return rendering::findings(some, context, Format::text, paint);
  };
  return found;
}

}  // namespace cascade::cli
