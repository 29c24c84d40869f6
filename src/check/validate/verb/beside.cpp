// Opens the default sources once more, since a checked root is read alone.
#include "validate/verb/beside.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "cli/environment.h"
#include "client/names.h"
#include "client/tables.h"
#include "files/paths.h"
#include "files/tree.h"
#include "git/words.h"
#include "listed/standing.h"
#include "render/parts.h"
#include "text/names.h"
#include "workspace/contents.h"

namespace cascade::cli {

std::vector<std::string> names_of(const Registry& registry) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (manifest.kind == Kind::agent) names.emplace_back(manifest.name);
    if (manifest.kind == Kind::agent || manifest.document) continue;
    const std::string kind = std::string(to_string(manifest.kind)) + ":";
    names.push_back(kind + std::string(manifest.name));
    names.push_back(kind + std::string(letters::last_part(manifest.name)));
  }
  return names;
}

namespace {

// Asks as loading does, and only about what is judged by other rules there: what came from elsewhere, and everything
// where a cascade.yaml changes rules.
void add_unsafe(const Call& call, const Workspace& workspace, const ManifestView& manifest, Beside& beside) {
  const std::string& root = workspace.roots()[manifest.root].path;
  if (manifest.document || (workspace.rule_policy().rules.empty() &&
                            listing::clone_around(files::DiskTree(), root, call.environment().home).empty()))
    return;
  const auto vet = vetting_by(call.environment(), workspace);
  std::string why = vet ? vet(manifest) : std::string();
  if (why.empty()) return;
  beside.unsafe.push_back(
      {files::join(workspace.folder(manifest), std::string(files::file_name(manifest.path))), std::move(why)});
}

}  // namespace

Beside beside_projects(Call& call, const std::vector<std::string>& roots, bool vets) {
  const files::DiskTree tree;
  const auto is_project = [&](const std::string& root) {
    return tree.stat(files::join(root, client::own_folder::name)).has_value();
  };
  if (std::ranges::none_of(roots, is_project)) return {};
  WorkspaceOptions options = call.workspace_options();
  options.roots.clear();
  options.default_roots = true;
  options.log = {};
  const auto workspace = call.open(std::move(options));
  if (!workspace) return {};
  const Registry registry = workspace->registry();
  Beside beside{names_of(registry), {}, {}};
  const auto is_checked = [&](const ManifestView& manifest) {
    const std::string& from = workspace->roots()[manifest.root].path;
    return std::ranges::any_of(roots, [&](const std::string& root) { return files::is_within(root, from); });
  };
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    const std::vector<Diagnostic> problems = registry.problems(ManifestId{i});
    const bool is_shipped = manifest.scope == Scope::builtin && !WorkspaceContents::is_added(*workspace, manifest.root);
    const bool is_broken = letters::find_first(problems, &Diagnostic::severity, Severity::error) != nullptr;
    if (is_broken && !is_shipped && !is_checked(manifest)) beside.broken.push_back(to_string(symbol_of(manifest)));
    if (vets && is_checked(manifest)) add_unsafe(call, *workspace, manifest, beside);
  }
  return beside;
}

void note_unsafe(Call& call, const std::vector<std::string>& given, const ValidatedPaths& paths, const Checkup& checkup,
                 const std::vector<Beside::Unsafe>& unsafe) {
  std::set<std::string> shown;
  for (const Diagnostic& finding : checkup.validation().found)
    if (finding.severity == Severity::error)
      shown.insert(finding.rule + " in " + checkup.file_of(finding.at.path).value_or(finding.at.path) + ":" +
                   std::to_string(finding.at.line) + ": " + finding.message);
  const auto hidden = static_cast<std::size_t>(std::ranges::count_if(unsafe, [&](const Beside::Unsafe& one) {
    return paths.contains(files::relative_to(paths.roots.front(), one.file)) && !shown.contains(one.why);
  }));
  if (hidden == 0) return;
  std::string command = "cascade validate --profile install";
  for (const std::string& path : given) command += " " + repository::shell_word(path);
  call.console().note(rendering::count_of(hidden, "manifest") + (hidden == 1 ? " is" : " are") +
                      " not loaded, because " + (hidden == 1 ? "its" : "their") +
                      " files are not safe; this shows why: " + command);
}

}  // namespace cascade::cli
