// Walks a root once and decides from names alone what is a manifest. (1) Find the components (components.cpp): folders,
// and a few files, that hold manifests of one kind. (2) Collect their files: a file counts once, however many names it
// has: under its own if a component reaches it so, else under the first. (3) Sort the notes that both left: every
// folder whose change could add or remove a manifest, with its stamp, which the index later compares instead of walking
// again. Links are followed only if they stay in the root and lead to a file of the same kind, and each real folder is
// entered once in a component, so neither a loop nor a planted link can make the walk leave or repeat.
#include "discovery/discovery.h"

#include <algorithm>
#include <map>
#include <optional>

#include "files/paths.h"
#include "text/names.h"

namespace cascade::discovery {
namespace {

// A skill of the user's outside of the root, such as a repository: the client reads its SKILL.md and nothing below it.
bool is_skill_elsewhere(const RootTree& tree, const Component& component, const std::string& real,
                        const std::vector<files::Entry>& entries) {
  return component.kind == Kind::skill && !files::is_within(tree.real(), real) &&
         std::ranges::any_of(entries, [](const files::Entry& entry) { return entry.name == "SKILL.md"; });
}

// Files that were found through a link: the path by which, by kind and their own path.
using LinkedFiles = std::map<std::pair<Kind, std::string>, std::string>;

// `.claude/skills/x` may be a link to `skills/x`. A file found under its own name takes the place of what was found
// through a link; one found through a link adds nothing to what is there. `own`: where the file lies.
bool is_found(Kind kind, const std::string& path, const std::string& own, std::map<std::string, Found>& by_path,
              LinkedFiles& linked) {
  if (own == path) {
    const auto through_link = linked.find({kind, own});
    if (through_link != linked.end()) by_path.erase(through_link->second);
    return false;
  }
  const auto there = by_path.find(own);
  if (there != by_path.end() && there->second.kind == kind) return true;
  return !linked.emplace(std::pair(kind, own), path).second;
}

// Whether a file of this name is a manifest, so many folders below its component's.
bool counts(const Component& component, std::string_view name, std::uint32_t depth) {
  if (component.kind == Kind::skill) return name == "SKILL.md" && (depth > 0 || !component.may_hold_skills);
  return is_named(name, component.ending);
}

class Collector {
 public:
  // `skip_hidden`: some clients keep skills of their own in hidden folders (.codex/skills/.system).
  Collector(RootTree& tree, const Limits& limits, bool skip_hidden)
      : tree_(tree), limits_(limits), skip_hidden_(skip_hidden) {}

  void collect(const Component& component) {
    Seen seen;
    if (component.may_hold_skills)
      collect_platforms(component);
    else if (component.file.empty())
      walk(component, component.folder, {}, 0, seen);
    else
      add(component, component.file, tree_.real_path(component.file).value_or(std::string()));
  }

  std::vector<Found> take() {
    std::vector<Found> found;
    for (auto& [path, manifest] : by_path_) found.push_back(std::move(manifest));
    return found;
  }

 private:
  // A folder of agents below which folders of skills may lie: the skills first, then the agents besides them.
  void collect_platforms(Component component) {
    Seen seen_skills, seen_agents;
    component.kind = Kind::skill;
    const std::size_t before = by_path_.size();
    walk(component, component.folder, {}, 0, seen_skills);
    component.kind = Kind::agent;
    among_skills_ = by_path_.size() > before;
    walk(component, component.folder, {}, 0, seen_agents);
    among_skills_ = false;
  }

  // What lies in a skill's folder besides its SKILL.md is its material.
  bool is_of_a_skill(const std::string& folder) const {
    if (!among_skills_) return false;
    const auto found = by_path_.find(files::join(folder, "SKILL.md"));
    return found != by_path_.end() && found->second.kind == Kind::skill;
  }

  // The real paths that the walk of one component has visited: folders, with the path by which they were reached, and
  // the targets of file links.
  struct Seen {
    std::map<std::string, std::string> folders;
    std::set<std::string> linked_files;
  };

  // A folder as it was when first listed; a marketplace may name one folder in several plugins.
  struct Listed {
    files::Listing listing;
    std::optional<Error> fault;
    std::string real;  // its real path; empty: unknown
  };

  // Adds every file of the component below `folder`, depth first in byte order. Each real folder and file counts once,
  // under the name that comes first, even if that is a link, as in the client (2.1.328). `known_real`: the folder's
  // real path, if known.
  void walk(const Component& component, const std::string& folder, std::string known_real, std::uint32_t depth,
            Seen& seen) {
    const Listed& listed = list(folder, std::move(known_real));
    if (listed.fault) {
      tree_.watch(folder);
      if (const auto stamp = tree_.stat(folder); stamp && !stamp->directory) return tree_.explain_written_link(folder);
      if (listed.fault->code != ErrorCode::not_found)
        tree_.problem("ID009", Severity::warning, {folder}, listed.fault->message, listed.fault->help);
      return;
    }
    // The folder of a component may itself be a link; that of a folder below it was looked at there.
    if (depth == 0 && !files::is_within(tree_.real(), listed.real) && !tree_.stays_inside(folder)) return;
    if (listed.real.empty() || !seen.folders.emplace(listed.real, folder).second) return;
    tree_.note_listed(folder, listed.listing.stamp);
    const bool is_whole_skill = is_skill_elsewhere(tree_, component, listed.real, listed.listing.entries);
    for (const files::Entry& entry : listed.listing.entries) {
      const std::string path = files::join(folder, entry.name);
      if (tree_.is_directory(folder, entry)) {
        if (is_whole_skill) continue;
        if (is_skipped_folder(entry.name) || (skip_hidden_ && entry.name.front() == '.')) continue;
        if (std::ranges::find(component.without, path) != component.without.end()) continue;
        if (depth >= limits_.depth) {
          tree_.problem("ID009", Severity::warning, {path},
                        "nested deeper than " + std::to_string(limits_.depth) + " folders, not read", "move it up");
          continue;
        }
        if (is_of_a_skill(path)) continue;
        // A folder that is not a link is inside its parent's real path.
        const bool is_real = entry.type == files::EntryType::directory;
        walk(component, path, is_real ? files::join(listed.real, entry.name) : std::string(), depth + 1, seen);
      } else if (tree_.is_file(folder, entry) && counts(component, entry.name, depth)) {
        const std::string real = entry.type == files::EntryType::link ? tree_.real_path(path).value_or(std::string())
                                                                      : files::join(listed.real, entry.name);
        if (!is_repeated(real, entry, seen)) add(component, path, real);
      } else if (component.kind == Kind::skill && depth == 0 && entry.type == files::EntryType::file &&
                 entry.name.find('.') == std::string::npos) {
        tree_.explain_written_link(path);
      }
    }
  }

  const Listed& list(const std::string& folder, std::string known_real) {
    const auto [found, is_new] = listed_.try_emplace(folder);
    Listed& listed = found->second;
    if (!is_new) return listed;
    auto listing = tree_.list(folder);
    if (!listing) {
      listed.fault = listing.error();
      return listed;
    }
    listed.listing = *std::move(listing);
    listed.real = known_real.empty() ? tree_.real_path(folder).value_or(std::string()) : std::move(known_real);
    return listed;
  }

  // Whether the walk visited a file before, under this name or through a link.
  bool is_repeated(const std::string& real, const files::Entry& entry, Seen& seen) {
    if (entry.type != files::EntryType::link) return seen.linked_files.count(real) != 0;
    if (real.empty() || !seen.linked_files.insert(real).second) return true;
    const auto folder = seen.folders.find(std::string(files::parent(real)));
    if (folder == seen.folders.end()) return false;
    return by_path_.count(files::join(folder->second, files::file_name(real))) != 0;
  }

  void add(const Component& from, const std::string& path, const std::string& real) {
    if (!real.empty() && is_found(from.kind, path, files::relative_to(tree_.real(), real), by_path_, linked_)) return;
    if (by_path_.size() >= limits_.files) {
      if (by_path_.count(path) != 0) return;
      if (!full_)
        tree_.problem("ID009", Severity::error, {path},
                      "more than " + std::to_string(limits_.files) + " manifests; the rest is left out",
                      "give a smaller root");
      full_ = true;
      return;
    }
    const bool outside = !real.empty() && !files::is_within(tree_.real(), real);
    by_path_.emplace(path, Found{from.kind, path, from.folder, from.plugin, from.prefixed, among_skills_,
                                 outside ? real : std::string()});
  }

  RootTree& tree_;
  const Limits& limits_;
  const bool skip_hidden_;
  std::map<std::string, Found> by_path_;
  LinkedFiles linked_;
  std::map<std::string, Listed> listed_;
  bool full_ = false;
  bool among_skills_ = false;  // the walk is in a folder of agents below which skills were found
};

// Sorts the notes and keeps one of each. If a folder was looked at several times, the first stamp counts: any later
// change is a change.
void sort_notes(Discovery& found) {
  letters::sort_once(found.others);
  std::vector<Watched>& folders = found.directories;
  std::ranges::stable_sort(folders, [](const Watched& a, const Watched& b) { return a.path < b.path; });
  folders.erase(
      std::unique(folders.begin(), folders.end(), [](const Watched& a, const Watched& b) { return a.path == b.path; }),
      folders.end());
}

constexpr std::uint64_t max_json_bytes = 1 << 20;

std::string_view extension(std::string_view path) {
  const std::string_view name = files::file_name(path);
  return name.substr(std::min(name.rfind('.'), name.size()));
}

// Walks the tree depth first in the order of names and lists the files. Links are never followed; one that leads out of
// the tree, around itself or nowhere is reported. A folder that cannot be read, and one that is too deep, are findings
// and not errors: the rest of the tree is still checked.

class Lister {
 public:
  Lister(const files::Tree& tree, std::string root) : tree_(tree), root_(std::move(root)) {}

  Result<TreeListing> run() {
    auto top = tree_.list(root_);
    if (!top) return top.error();
    if (client::is_client_folder(files::file_name(root_)))
      repository_ = repository_around(tree_, std::string(files::parent(root_)));
    folder("", *top, 0);
    std::ranges::sort(listing_.files);
    return std::move(listing_);
  }

 private:
  // Discovery follows the links of a client's folder to other files of the repository.
  bool is_of_repository(const std::string& real) const {
    return !repository_.empty() && files::is_within(repository_, real) && !files::is_within(real, root_);
  }

  void problem(const char* rule, Severity severity, const std::string& path, std::string message, std::string help) {
    listing_.problems.push_back({severity, rule, {path}, std::move(message), std::move(help), {}, {}, {}});
  }

  void folder(const std::string& path, const std::vector<files::Entry>& entries, std::uint32_t depth) {
    for (const files::Entry& entry : entries) {
      const std::string below = files::join(path, entry.name);
      switch (entry.type) {
        case files::EntryType::file: file(below); break;
        case files::EntryType::link: link(path, below); break;
        case files::EntryType::directory: enter(below, entry.name, depth); break;
        case files::EntryType::other: break;
      }
    }
  }

  void file(const std::string& path) {
    if (listing_.files.size() < most_files)
      listing_.files.push_back(path);
    else if (!full_) {
      full_ = true;
      problem("ID009", Severity::error, path,
              "more than " + std::to_string(most_files) + " files; the rest is left out", "give a smaller root");
    }
  }

  void enter(const std::string& path, const std::string& name, std::uint32_t depth) {
    if (is_skipped_folder(name) || name == ".hg" || name == ".svn") return;
    if (depth >= most_depth)
      return problem("ID009", Severity::warning, path,
                     "nested deeper than " + std::to_string(most_depth) + " folders, not looked at", "move it up");
    const auto entries = tree_.list(files::join(root_, path));
    if (!entries) return problem("ID009", Severity::warning, path, entries.error().message, entries.error().help);
    folder(path, *entries, depth + 1);
  }

  void link(const std::string& folder, const std::string& path) {
    const std::string absolute = files::join(root_, path);
    const auto target = tree_.link_target(absolute);
    const auto real = tree_.real_path(absolute);
    const std::string help = "copy the target into the tree";
    if (real) {
      if (!files::is_within(root_, *real) && !is_of_repository(*real))
        problem("SEC010", Severity::error, path, "the symbolic link leaves the root, not followed", help);
      else if (files::is_within(*real, absolute))
        problem("SEC010", Severity::error, path, "the symbolic link leads into a folder around itself, not followed",
                help);
      return;
    }
    if (!target) return;
    const std::string written = files::normalise(files::join(files::join(root_, folder), *target));
    if (!files::is_within(root_, written))
      problem("SEC010", Severity::error, path, "the symbolic link leaves the root, not followed", help);
    else if (tree_.link_target(written))
      problem("SEC010", Severity::error, path, "the symbolic link runs in a circle or into nothing", help);
  }

  static constexpr std::uint32_t most_depth = 64, most_files = 1'000'000;

  const files::Tree& tree_;
  std::string root_, repository_;
  TreeListing listing_;
  bool full_ = false;
};

}  // namespace

Result<Discovery> discover(const files::Tree& tree, const RootFolder& root, const Limits& limits) {
  auto real = tree.real_path(root.path);
  if (!real) return real.error();
  Discovery found;
  RootTree in_root(tree, root, *std::move(real), found);
  const auto top = in_root.list("");
  if (!top) return top.error();
  in_root.note_listed(".", top->stamp);
  Collector collector(in_root, limits, root.form != nullptr);
  for (const Component& component : find_components(in_root, root, top->entries)) collector.collect(component);
  found.manifests = collector.take();
  sort_notes(found);
  return found;
}

std::string repository_around(const files::Tree& tree, std::string folder) {
  const std::string without = folder;
  while (!folder.empty() && !tree.stat(files::join(folder, ".git"))) {
    std::string above(files::parent(folder));
    if (above == folder) return without;
    folder = std::move(above);
  }
  return folder.empty() ? without : folder;
}

bool is_own_below(const files::Tree& tree, const std::string& home, const std::string& real) {
  if (home.empty() || real == home || !files::is_within(home, real)) return false;
  if ((real + "/").find("/.git/") != std::string::npos) return false;
  const auto own = tree.is_own(real), own_folder = tree.is_own(std::string(files::parent(real)));
  return own && *own && own_folder && *own_folder;
}

std::string RootTree::absolute(const std::string& path) const { return files::join(root_, path); }

Result<std::string> RootTree::read(const std::string& path) const { return tree_.read(absolute(path), max_json_bytes); }

bool RootTree::is_directory(const std::string& folder, const files::Entry& entry) {
  if (entry.type == files::EntryType::directory) return true;
  if (entry.type != files::EntryType::link) return false;
  const std::string path = files::join(folder, entry.name);
  const auto stamp = stat(path);
  if (!stamp) notes_.settled = false;
  return stamp && stamp->directory && stays_inside(path);
}

bool RootTree::is_file(const std::string& folder, const files::Entry& entry) {
  if (entry.type == files::EntryType::file) return true;
  return entry.type == files::EntryType::link && has_file(files::join(folder, entry.name));
}

bool RootTree::has_file(const std::string& path) {
  const auto stamp = stat(path);
  return stamp && !stamp->directory && stays_inside(path);
}

bool RootTree::stays_inside(const std::string& path) {
  if (path.empty()) return true;
  const auto real = real_path(path);
  if (real && files::is_within(real_, *real)) return leads_to_its_like(path, *real);
  if (real && leads_to_own(path, *real)) return true;
  notes_.settled = false;
  if (!real) return false;
  problem("SEC010", Severity::error, {path}, "the symbolic link leaves the root, not followed",
          "copy the target into the tree");
  return false;
}

// A planted link must not make us read a repository's internal files (.git/config holds passwords) or a file of
// another kind (.env) as a manifest.
bool RootTree::leads_to_its_like(const std::string& path, const std::string& real) {
  const std::string inside = files::relative_to(real_, real);
  if (inside == path) return true;
  const auto stamp = stat(path);
  const bool alike = !stamp || stamp->directory || extension(real) == extension(path);
  if (alike && ("/" + inside + "/").find("/.git/") == std::string::npos) return true;
  notes_.settled = false;
  problem("SEC010", Severity::error, {path}, "the symbolic link leads to what is no manifest, not followed",
          "copy what is meant into the tree");
  return false;
}

// A folder around the root would bring the root again, and everything beside it.
bool RootTree::leads_to_own(const std::string& path, const std::string& real) {
  const bool of_repository = !repository_.empty() && files::is_within(repository_, real) &&
                             ("/" + files::relative_to(repository_, real) + "/").find("/.git/") == std::string::npos;
  if (files::is_within(real, real_) || (!of_repository && !is_own_below(tree_, home_, real))) return false;
  const auto stamp = stat(path);
  return stamp && (stamp->directory || extension(real) == extension(path));
}

// Its text is the path, without a line end.
void RootTree::explain_written_link(const std::string& path) {
  constexpr std::uint64_t longest = 512;
  const auto text = tree_.read(absolute(path), longest);
  if (!text || text->empty() || text->find_first_of("\n\r ") != std::string::npos) return;
  if (text->find('/') == std::string::npos) return;
  const std::string target = files::normalise(files::join(std::string(files::parent(absolute(path))), *text));
  if (!tree_.stat(target)) return;
  problem("ID009", Severity::warning, {path},
          "is a link to " + *text + " that git wrote as a text file, so that nothing below it is read",
          "git config core.symlinks true, then delete the file and run: git checkout -- .");
}

void RootTree::note_listed(const std::string& folder, const files::Stamp& stamp) {
  notes_.directories.push_back({folder.empty() ? "." : folder, stamp});
}

void RootTree::watch(const std::string& folder) {
  if (folder.empty()) return;  // the root is listed in any case
  const auto stamp = stat(folder);
  if (stamp && stamp->directory) note_listed(folder, *stamp);
}

void RootTree::watch_for(const std::string& missing) {
  std::string folder(files::parent(missing));
  while (files::parent(folder) != folder && !stat(folder)) folder = files::parent(folder);
  watch(folder);
}

void RootTree::problem(const char* rule, Severity severity, const Location& at, std::string message, std::string help) {
  if (reported_.emplace(at.path, at.line, message).second)
    notes_.problems.push_back({severity, rule, at, std::move(message), std::move(help), {}, {}, {}});
}

Result<TreeListing> list_tree(const files::Tree& tree, const std::string& root) {
  auto real = tree.real_path(root);
  if (!real) return real.error();
  return Lister(tree, *real).run();
}

}  // namespace cascade::discovery
