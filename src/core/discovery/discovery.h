// Finds the manifests below a root: which files, of which kind, in which plugin. Reads names and plugin manifests, no
// bodies. A root may be a library folder (skills/, agents/, commands/), a plugin, a marketplace, a project (.claude/),
// or a folder of skills (<name>/SKILL.md), or several of these at once. Manifests are found at any depth.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/manifest.h>
#include <cascade/result.h>

#include "client/tables.h"
#include "files/tree.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cascade::discovery {

// any: all of these forms. project: only `.claude/`, as the client reads a project. components: skills/, agents/ and
// commands/ directly in it, as the client reads ~/.claude. plugin: an installed plugin, whose names carry the plugin's
// name; a root given by hand never gets a prefix. client: as `form` describes.
enum class RootLayout : std::uint8_t { any, project, components, plugin, client };

struct RootFolder {
  std::string path;  // absolute
  RootLayout layout = RootLayout::any;
  const client::FolderForm* form = nullptr;
  // The user's home with links resolved, for the user's own root and for a project's that a client reads: their links
  // may lead to the user's files there, as the client follows them. Empty: no link may leave the root.
  std::string links_into = {};
  // The repository around a client's folder of a project, with links resolved: links may lead to its other files, as
  // one folder of skills is linked into those of several clients. Empty: as above.
  std::string repository = {};
  std::string plugin = {};  // client: the extension that the folder is; its names stay without this one
};

// Whether a link out of a root leads to a file or folder of this user, and of nobody else, below `home`, outside of any
// .git. `real`: where it leads.
bool is_own_below(const files::Tree& tree, const std::string& home, const std::string& real);

// The folder with .git at or above this one; the folder itself where there is none.
std::string repository_around(const files::Tree& tree, std::string folder);

// One manifest file. Paths are relative to the root. `plugin` is its plugin; `prefixed`: the name includes the
// plugin's ("plugin:name"). `if_declared`: it lies next to folders of skills, and counts only if it has front matter.
struct Found {
  Kind kind = Kind::skill;
  std::string path, component, plugin;
  bool prefixed = false;
  bool if_declared = false;
  // Where the file is if a link led to it out of the root; absolute, else empty. It may be found elsewhere as well.
  std::string elsewhere = {};
};

// A folder that was listed, or whose change would matter, with its stamp from before.
struct Watched {
  std::string path;
  files::Stamp stamp;
};

struct Discovery {
  std::vector<Found> manifests;      // by path; each path at most once
  std::vector<std::string> others;   // plugin.json, marketplace.json, .mcp.json, hooks/*.json that were seen
  std::vector<Watched> directories;  // every folder in which a change may add or remove files; by path, each once
  bool settled = true;  // false: a link leads nowhere or out of the root, which no stamp of a folder here would show
  std::vector<Diagnostic> problems;
};

struct Limits {
  std::uint32_t depth = 32;
  std::uint32_t files = 200'000;
};

// A broken plugin manifest, a link out of the root and an unreadable folder below the root are problems; only a root
// that cannot be listed is an error (not_found, unreadable).
Result<Discovery> discover(const files::Tree& tree, const RootFolder& root, const Limits& limits = {});

// One root's files as discovery may see them. Every path is relative to the root; "" is the root itself. Whoever can
// add a file below a root could plant a link. So a link counts only if it stays in the root and leads to something of
// the same kind; only in what a client reads may it lead to the user's other files, or to others of the repository.
// What is looked at is noted in the Discovery, from which the index must later see that a walk would find something
// else.

// Folders that never hold manifests and may be huge.
inline bool is_skipped_folder(std::string_view name) { return name == ".git" || name == "node_modules"; }

class RootTree {
 public:
  // `root`: its path. `real`: the same with links resolved. Notes go to `notes`.
  RootTree(const files::Tree& tree, const RootFolder& root, std::string real, Discovery& notes)
      : tree_(tree),
        root_(root.path),
        home_(root.links_into),
        repository_(root.repository),
        real_(std::move(real)),
        notes_(notes) {}

  const std::string& real() const noexcept { return real_; }
  Result<files::Stamp> stat(const std::string& path) const { return tree_.stat(absolute(path)); }
  Result<std::string> real_path(const std::string& path) const { return tree_.real_path(absolute(path)); }
  Result<files::Listing> list(const std::string& folder) const { return tree_.list_stamped(absolute(folder)); }
  Result<std::string> read(const std::string& path) const;  // a plugin's or marketplace's file

  // Whether an entry of a folder may be entered, or read.
  bool is_directory(const std::string& folder, const files::Entry& entry);
  bool is_file(const std::string& folder, const files::Entry& entry);
  bool has_file(const std::string& path);
  // False, with a problem: the path leads out of the root (and to nothing of the user's own), into .git or to a file of
  // another kind.
  bool stays_inside(const std::string& path);

  // Notes a folder that was listed, with its stamp from before. The root is noted as ".".
  void note_listed(const std::string& folder, const files::Stamp& stamp);
  // Notes a folder whose change may bring new manifests, although nothing in it has been listed. No effect if it is
  // missing.
  void watch(const std::string& folder);
  // Watches the nearest existing folder: creating the missing path would change it first.
  void watch_for(const std::string& missing);
  // A link that git wrote as a text file, where links are switched off: says what it is, if it is one.
  void explain_written_link(const std::string& path);
  // Notes a file that is no manifest, but matters to the root.
  void note_other(const std::string& path) { notes_.others.push_back(path); }
  // Notes each problem once: a folder may be walked as the root's own and again as a plugin's.
  void problem(const char* rule, Severity severity, const Location& at, std::string message, std::string help);
  std::vector<Diagnostic>& problems() noexcept { return notes_.problems; }  // for those who read whole files

 private:
  std::string absolute(const std::string& path) const;
  bool leads_to_its_like(const std::string& path, const std::string& real);
  bool leads_to_own(const std::string& path, const std::string& real);

  const files::Tree& tree_;
  const std::string& root_;
  const std::string &home_, &repository_;  // RootFolder::links_into, repository
  const std::string real_;
  Discovery& notes_;
  std::set<std::tuple<std::string, std::uint32_t, std::string>> reported_;  // path, line, message
};

// Every file below a root, for the validator. `files`: relative to the root, sorted; the target of a link is listed
// under its real path. `problems`: SEC010 for links that leave the root or form a loop, ID009 for folders that cannot
// be listed or are nested too deep.
struct TreeListing {
  std::vector<std::string> files;
  std::vector<Diagnostic> problems;
};

// Does not enter links, .git or node_modules. not_found, unreadable: the root itself cannot be listed.
Result<TreeListing> list_tree(const files::Tree& tree, const std::string& root);

// A folder whose files are manifests of one kind, at any depth, or a single file.
struct Component {
  Kind kind = Kind::skill;
  std::string folder;
  std::string plugin{};
  bool prefixed = false;               // as in Found
  std::string_view ending = ".md";     // of the names that count; a skill's is always SKILL.md
  std::string file{};                  // empty: everything in `folder`; else this file alone
  std::vector<std::string> without{};  // folders below it that hold components of their own
  // The agents/ of a repository that is no plugin: no client reads it as it lies, so that a SKILL.md in a folder below
  // it is a skill, for one of the platforms that the repository serves.
  bool may_hold_skills = false;
};

// Whether a name or path has this ending, and something before it.
inline bool is_named(std::string_view name, std::string_view ending) {
  return name.size() > ending.size() && name.ends_with(ending);
}

// Returns the components in the order in which they count: a file belongs to the first that reaches it. Folders may be
// missing or unreadable; files are there. `top`: the entries of the root.
std::vector<Component> find_components(RootTree& tree, const RootFolder& root, const std::vector<files::Entry>& top);

}  // namespace cascade::discovery
