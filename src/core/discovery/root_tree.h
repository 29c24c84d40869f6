// One root's files as discovery may see them. Every path is relative to the root; "" is the root itself.
//
// Whoever can add a file below a root could plant a link. So a link counts only if it stays in the root and leads to
// something of the same kind; only in the user's own folders may it lead to the user's other files. And the index must
// later notice, from stamps alone, that a walk would find something else. So what is looked at here is noted in the
// Discovery: the folders with their stamps, files besides manifests, links that no stamp would show, problems.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "discovery/found.h"

namespace cascade::discovery {

// Folders that never hold manifests and may be huge.
inline bool is_skipped_folder(std::string_view name) { return name == ".git" || name == "node_modules"; }

class RootTree {
 public:
  // `root`: its path. `real`: the same with links resolved. Notes go to `notes`.
  RootTree(const files::Tree& tree, const RootFolder& root, std::string real, Discovery& notes)
      : tree_(tree), root_(root.path), home_(root.links_into), real_(std::move(real)), notes_(notes) {}

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
  // Notes a file that is no manifest, but matters to the root.
  void note_other(const std::string& path) { notes_.others.push_back(path); }
  // Notes each problem once: a folder may be walked as the root's own and again as a plugin's.
  void problem(const char* rule, Severity severity, const Location& at, std::string message, std::string help);
  void problem(const char* rule, Severity severity, const std::string& path, std::string message, std::string help);
  std::vector<Diagnostic>& problems() noexcept { return notes_.problems; }  // for those who read whole files

 private:
  std::string absolute(const std::string& path) const;
  bool leads_to_its_like(const std::string& path, const std::string& real);
  bool leads_to_own(const std::string& path, const std::string& real);

  const files::Tree& tree_;
  const std::string& root_;
  const std::string& home_;  // RootFolder::links_into
  const std::string real_;
  Discovery& notes_;
  std::set<std::tuple<std::string, std::uint32_t, std::string>> reported_;  // path, line, message
};

}  // namespace cascade::discovery
