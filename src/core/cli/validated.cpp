#include "cli/validated.h"

#include "client/names.h"
#include "client/tables.h"
#include "files/paths.h"
#include "system/system.h"

#include <algorithm>

namespace cascade::cli {
namespace {

// skills/skills/x/SKILL.md: the clone of a repository that is called skills. The client finds no skill so deep.
bool holds_skills(const files::Tree& tree, std::string_view folder) {
  const std::string inner = files::join(folder, "skills");
  const auto listing = tree.list(inner);
  return listing && std::ranges::any_of(*listing, [&](const files::Entry& entry) {
           return tree.stat(files::join(files::join(inner, entry.name), "SKILL.md")).has_value();
         });
}

// A repository or package whose own name happens to be skills, agents or commands.
bool is_project(const files::Tree& tree, std::string_view folder) {
  const auto has = [&](std::string_view name) { return tree.stat(files::join(folder, name)).has_value(); };
  for (const std::string_view mark : {std::string_view(".claude-plugin"), std::string_view(client::own_folder::name),
                                      std::string_view("package.json"), std::string_view("pyproject.toml"),
                                      std::string_view("Cargo.toml"), std::string_view("go.mod")})
    if (has(mark)) return true;
  if (holds_skills(tree, folder)) return true;
  return has(".git") && (has("skills") || has("agents") || has("commands") || has("plugins"));
}

// .claude, .gemini: it belongs to the project around it.
bool is_clients_folder(std::string_view path) {
  const std::string_view name = files::file_name(path);
  return name == client::own_folder::name || client::is_client_folder(name);
}

// The parent of the nearest component folder at or above an absolute path, or that folder if it is a project; empty if
// there is none.
std::string root_above(const files::Tree& tree, std::string_view path) {
  while (files::parent(path) != path && !client::own_folder::holds_manifests(files::file_name(path)))
    path = files::parent(path);
  if (files::parent(path) == path) return {};
  if (is_project(tree, path)) return std::string(path);
  const std::string_view root = files::parent(path);
  return std::string(is_clients_folder(root) ? files::parent(root) : root);
}

// For a skill's folder given by its SKILL.md without a skills/ above it, the root is the folder that contains it.
std::string root_of_file(const files::Tree& tree, const std::string& path) {
  if (std::string root = root_above(tree, files::parent(path)); !root.empty()) return root;
  const std::string_view folder = files::parent(path);
  for (std::string_view above = folder; files::parent(above) != above; above = files::parent(above))
    if (is_clients_folder(above)) return std::string(files::parent(above));
  return std::string(files::file_name(path) == "SKILL.md" ? files::parent(folder) : folder);
}

// A skill's own folder, as another program would be given it. The name of a clone is not the skill's.
bool is_skill(const files::Tree& tree, const std::string& path) {
  return tree.stat(files::join(path, "SKILL.md")) && !is_project(tree, path) && !tree.stat(files::join(path, ".git")) &&
         !tree.stat(files::join(path, "skills")) && !tree.stat(files::join(path, "plugin.json"));
}

std::string root_of_folder(const files::Tree& tree, const std::string& path) {
  if (is_skill(tree, path)) return root_of_file(tree, files::join(path, "SKILL.md"));
  if (is_clients_folder(path)) return std::string(files::parent(path));
  if (is_clients_folder(files::parent(path))) return std::string(files::parent(files::parent(path)));
  return client::own_folder::holds_manifests(files::file_name(path)) ? root_above(tree, path) : path;
}

// The root in the spelling of the given path: as many steps up.
std::string as_written(std::string path, const std::string& real, const std::string& root) {
  for (std::string_view above = real; above != root; above = files::parent(above)) {
    const std::string_view up = files::parent(path);
    if (path == ".." || path == "." || up == path) return root;
    path = up.empty() ? "." : std::string(up);
  }
  return path;
}

}  // namespace

bool ValidatedPaths::contains(std::string_view path) const {
  if (below.empty()) return true;
  return std::ranges::any_of(below, [&](const std::string& prefix) {
    return path == prefix ||
           (path.size() > prefix.size() && path.substr(0, prefix.size()) == prefix && path[prefix.size()] == '/');
  });
}

std::string ValidatedPaths::shown(const std::string& root) const {
  const auto found = std::ranges::find(roots, root);
  return found == roots.end() ? root : written[static_cast<std::size_t>(found - roots.begin())];
}

Result<ValidatedPaths> validated_paths(const files::Tree& tree, const std::vector<std::string>& paths) {
  ValidatedPaths out;
  bool everything = false;
  for (const std::string& path : paths) {
    const auto real = tree.real_path(path);
    if (!real) return Error{real.error().code, real.error().message, path, real.error().help};
    const auto stamp = tree.stat(*real);
    if (!stamp) return stamp.error();
    const std::string root = stamp->directory ? root_of_folder(tree, *real) : root_of_file(tree, *real);
    if (std::ranges::find(out.roots, root) == out.roots.end()) {
      out.roots.push_back(root);
      out.written.push_back(as_written(files::normalise(path), *real, root));
    }
    if (root == *real) everything = true;
    out.below.push_back(files::relative_to(root, *real));
  }
  if (everything || out.roots.size() > 1) out.below.clear();
  return out;
}

Result<FoundFaults> find_faults(Call& call, const Sought& sought) {
  for (const core::System* const system : core::systems())
    if (system->find_faults != nullptr) return system->find_faults(call, sought);
  return Error{ErrorCode::unsupported, "manifests cannot be judged: this cascade is built without validate", {}, {}};
}

std::optional<FoundFaults> faults_of_named_roots(Call& call) {
  const std::vector<std::string>& named = call.options().roots;
  if (named.empty() || call.options().default_roots) return std::nullopt;
  const auto paths = validated_paths(files::DiskTree(), named);
  if (!paths) return std::nullopt;
  Sought sought;
  for (const std::string& root : paths->roots)
    sought.roots.push_back({root, paths->roots.size() > 1 ? paths->shown(root) + "/" : ""});
  sought.knows_others = sought.is_quiet = true;
  auto found = find_faults(call, sought);
  if (!found) return std::nullopt;
  return *std::move(found);
}

}  // namespace cascade::cli
