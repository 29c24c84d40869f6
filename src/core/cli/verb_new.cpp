// Everything that could refuse comes before the first write: the name and the description, the place, links on the way
// out of the root, and a manifest that has the name already. So a refusal leaves nothing behind.
#include "cli/call.h"
#include "cli/new_manifest.h"
#include "client/names.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/tree.h"
#include "unicode/utf8.h"

namespace cascade::cli {
namespace {

struct NewOptions {
  std::vector<std::string> words;
  std::optional<std::string> description;
  bool dry_run = false;
};

// A library or a plugin has these folders at its top, a project below .claude.
std::string home_of(const files::Tree& tree, const std::string& root) {
  for (const char* part : {".claude-plugin", "skills", "agents", "commands"})
    if (tree.stat(files::join(root, part))) return root;
  return files::file_name(root) == client::own_folder::name ? root : files::join(root, client::own_folder::name);
}

// The existing manifest of this name; a skill and a command share a name. Nothing if there is none.
std::optional<ManifestView> namesake(const Registry& registry, const NewManifest& made) {
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView other = registry[ManifestId{i}];
    if (other.document || (other.kind == Kind::agent) != (made.kind == Kind::agent)) continue;
    const std::string_view name = other.name;
    const std::size_t behind = name.size() - std::min(name.size(), made.name.size());
    const bool plugin_before = behind > 1 && name.substr(0, behind - 1) == other.plugin && name[behind - 1] == ':';
    if (name.substr(behind) == made.name && (behind == 0 || plugin_before)) return other;
  }
  return std::nullopt;
}

Error taken(const std::string& what, const std::string& path) {
  return {ErrorCode::unwritable, what, path, "choose another name; nothing was written"};
}

// Checks that nothing is at the path, and that the existing folders above it are inside the root.
Result<void> check_free(const files::Tree& tree, const std::string& root, const std::string& path) {
  const auto shown = [&](const std::string& inside) { return files::relative_to(root, inside); };
  if (tree.stat(path) || tree.link_target(path)) return taken("there is a file already", shown(path));
  for (std::string_view above = files::parent(path); above.size() > root.size(); above = files::parent(above)) {
    const std::string folder(above);
    if (!tree.stat(folder) && !tree.link_target(folder)) continue;
    const auto real = tree.real_path(folder);
    if (!real || !files::is_within(root, *real)) return taken("the folder is a link out of the root", shown(folder));
    break;
  }
  return {};
}

}  // namespace

Exit run_new(Call& call) {
  NewOptions options;
  Arguments arguments("new");
  arguments.text("--description", options.description);
  arguments.flag("--dry-run", options.dry_run);
  arguments.words("KIND NAME", options.words, 2, 2);
  if (const auto ended = call.read(arguments)) return *ended;
  if (const auto format = call.format({Format::text}); !format) return call.console().fail(format.error());
  if (call.options().roots.size() > 1)
    return call.console().fail({ErrorCode::misuse, "new writes into one root", {}, "give --root once"});
  const auto made = new_manifest(options.words[0], options.words[1], options.description);
  if (!made) return call.console().fail(made.error());

  const files::DiskTree tree;
  const std::string given = call.options().roots.empty() ? "." : call.options().roots.front();
  const auto root = tree.real_path(given);
  if (!root) return call.console().fail(root.error());
  const std::string path = files::join(home_of(tree, *root), made->path);
  if (auto free = check_free(tree, *root, path); !free) return call.console().fail(free.error());
  WorkspaceOptions workspace_options = call.workspace_options();
  workspace_options.default_roots = false;
  workspace_options.roots = {{*root, Scope::project}};
  workspace_options.directory = *root;
  workspace_options.cache_directory.clear();
  workspace_options.vocabulary_path.clear();
  const auto workspace = call.open(std::move(workspace_options));
  if (!workspace) return call.console().fail(workspace.error());
  if (const auto other = namesake(workspace->registry(), *made))
    return call.console().fail(
        taken(std::string(to_string(other->kind)) + " \"" + unicode::displayable(other->name) + "\" has that name",
              files::normalise(files::join(given, other->path))));

  if (!options.dry_run) {
    if (auto folder = files::make_directories(std::string(files::parent(path)), 0777); !folder)
      return call.console().fail(folder.error());
    if (auto written = files::write_atomically(path, made->text); !written) return call.console().fail(written.error());
  }
  const std::string shown = files::normalise(files::join(given, files::relative_to(*root, path)));
  call.console().print("create " + unicode::displayable(shown) + "\n");
  if (options.dry_run)
    call.console().print("\n" + made->text);
  else
    call.console().note("next: say in its description when to use it; then: cascade why " + made->name +
                        " --prompt \"what you would type\"");
  return Exit::yes;
}

}  // namespace cascade::cli
