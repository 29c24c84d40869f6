// Chooses the roots and their labels. Given roots come first and must exist. The default roots are found by walking
// from the start directory up to the top, nearest first, then come the user's folders, the installed plugins and the
// shipped library: this order decides who wins a name. Each folder is taken once by its real path, since links often
// lead several clients to the same manifests.
#include "workspace/roots.h"

#include <set>

#include "client/folders.h"
#include "files/paths.h"
#include "workspace/configuration.h"
#include "workspace/installed_plugins.h"

namespace cascade::workspace {
namespace {

using discovery::RootLayout;

bool is_folder(const files::Tree& tree, const std::string& path) {
  auto stamp = tree.stat(path);
  return stamp && stamp->directory;
}

class Chooser {
 public:
  Chooser(const files::Tree& tree, const WorkspaceOptions& options, const std::vector<std::string>& added,
          std::vector<Error>& faults)
      : tree_(tree), options_(options), added_(added), faults_(faults) {}

  // `named_by`: the place where the user would change it, "--root" or a key of cascade.yaml.
  Result<void> given(const std::string& path, Scope scope, const std::string& named_by) {
    auto stamp = tree_.stat(path);
    if (!stamp && stamp.error().code != ErrorCode::not_found) return stamp.error();
    if (!stamp)
      return Error{ErrorCode::not_found, "the root does not exist", path, "give an existing folder to " + named_by};
    if (!stamp->directory)
      return Error{ErrorCode::not_found, "the root is not a folder", path, "give a folder to " + named_by};
    add(path, scope, RootLayout::any);
    return {};
  }

  // The start directory and every folder above it, then the user's. Claude Code reads its folders all the way up; those
  // of other clients are read up to the top of the repository.
  void defaults() {
    const std::vector<const client::FolderForm*> order = client::folders_in_order(options_.client);
    const std::string user = user_folder();
    std::string folder = files::normalise(options_.directory);
    bool inside = true;
    while (true) {
      project_folders(folder, user, order, inside);
      inside = inside && folder != options_.home && !tree_.stat(files::join(folder, ".git"));
      const std::string above(files::parent(folder));
      if (above.empty() || above == folder) break;
      folder = above;
    }
    if (!user.empty()) user_folders(user, order);
    for (const std::string& root : added_) added_library(root);
    if (!options_.builtin_library.empty() && is_folder(tree_, options_.builtin_library))
      add(options_.builtin_library, Scope::builtin, RootLayout::any);
  }

  std::vector<SourceRoot> take() { return std::move(roots_); }

 private:
  std::string user_folder() const {
    if (!options_.client_folder.empty()) return files::normalise(options_.client_folder);
    return options_.home.empty() ? std::string() : files::join(options_.home, std::string(client::usual_folder));
  }

  void project_folders(const std::string& folder, const std::string& user,
                       const std::vector<const client::FolderForm*>& order, bool inside) {
    for (const client::FolderForm* form : order) {
      if (form == nullptr) {
        const std::string usual = files::join(folder, std::string(client::usual_folder));
        if (folder != options_.home && usual != user && is_folder(tree_, usual))
          add(folder, Scope::project, RootLayout::project);
      } else if (inside && form->of_project && folder != options_.home) {
        client_folder(folder, *form, Scope::project);
      }
    }
  }

  void user_folders(const std::string& user, const std::vector<const client::FolderForm*>& order) {
    for (const client::FolderForm* form : order)
      if (form == nullptr && is_folder(tree_, user))
        add(user, Scope::user, RootLayout::components);
      else if (form != nullptr && form->of_user && !options_.home.empty())
        client_folder(options_.home, *form, Scope::user);
    if (!is_folder(tree_, user)) return;
    const InstalledPlugins plugins =
        installed_plugins(tree_, {options_.home, user, {}}, files::normalise(options_.directory));
    for (const std::string& plugin : plugins.folders) add(plugin, Scope::plugin, RootLayout::plugin);
    faults_.insert(faults_.end(), plugins.faults.begin(), plugins.faults.end());
  }

  // No client reads it, so it is served as the shipped library is.
  void added_library(const std::string& path) {
    if (!is_folder(tree_, path))
      faults_.push_back({ErrorCode::not_found, "a root of your own cascade.yaml is gone", path,
                         "cascade library list; or take it out of 'roots'"});
    else
      add(path, Scope::builtin, RootLayout::any, nullptr, true);
  }

  // If a folder's skills are a link to the usual folder's, or the reverse, each skill would be found twice.
  void client_folder(const std::string& base, const client::FolderForm& form, Scope scope) {
    const std::string folder = files::join(base, std::string(form.folder));
    if (!is_folder(tree_, folder)) return;
    const auto own = tree_.real_path(files::join(folder, "skills"));
    const std::string beside =
        scope == Scope::user ? user_folder() : files::join(base, std::string(client::usual_folder));
    const auto usual = tree_.real_path(files::join(beside, "skills"));
    if (own && usual && *own == *usual && form.agents.empty()) return;
    add(folder, scope, RootLayout::client, &form);
  }

  void add(const std::string& path, Scope scope, RootLayout layout, const client::FolderForm* form = nullptr,
           bool is_added = false) {
    auto real = tree_.real_path(path);
    if (!real || !seen_.insert(*real).second) return;
    SourceRoot root;
    root.folder = {*real, layout, form};
    root.scope = scope;
    root.is_added = is_added;
    if (scope == Scope::user && !options_.home.empty())
      root.folder.links_into = tree_.real_path(options_.home).value_or(std::string());
    const std::string own_name(files::file_name(*real));
    if (!roots_.empty())
      root.label = label(is_added                 ? "library-" + own_name
                         : scope == Scope::plugin ? "plugin-" + own_name
                                                  : std::string(to_string(scope)));
    roots_.push_back(std::move(root));
  }

  // "user:", "plugin-x:", "plugin-x2:" ...
  std::string label(const std::string& name) {
    std::string candidate = name + ":";
    for (int i = 2; !labels_.insert(candidate).second; ++i) candidate = name + std::to_string(i) + ":";
    return candidate;
  }

  const files::Tree& tree_;
  const WorkspaceOptions& options_;
  const std::vector<std::string>& added_;
  std::vector<Error>& faults_;
  std::vector<SourceRoot> roots_;
  std::set<std::string> seen_, labels_;
};

}  // namespace

Result<std::vector<SourceRoot>> choose_roots(const files::Tree& tree, const WorkspaceOptions& options,
                                             const std::vector<std::string>& configured,
                                             const std::vector<std::string>& added, std::vector<Error>& faults) {
  Chooser chooser(tree, options, added, faults);
  for (const Root& root : options.roots)
    if (auto added = chooser.given(files::join(options.directory, root.path), root.scope, "--root"); !added)
      return added.error();
  const bool by_configuration = options.roots.empty() && !configured.empty();
  for (const std::string& path : by_configuration ? configured : std::vector<std::string>()) {
    if (path == default_sources)
      chooser.defaults();
    else if (auto given = chooser.given(path, Scope::project, "'roots' of cascade.yaml"); !given)
      return given.error();
  }
  if (options.default_roots || (options.roots.empty() && !by_configuration)) chooser.defaults();
  return chooser.take();
}

SplitPath split(const std::vector<SourceRoot>& roots, std::string_view path) noexcept {
  for (std::size_t i = 1; i < roots.size(); ++i)
    if (path.substr(0, roots[i].label.size()) == roots[i].label) return {i, path.substr(roots[i].label.size())};
  return {0, path};
}

}  // namespace cascade::workspace
