#include "cli/opened_library.h"

#include "client/names.h"
#include "files/paths.h"
#include "workspace/contents.h"

#include <algorithm>
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

// Walks at most six folders deep and over at most 4,000 entries, because this is a hint and not a search. A folder
// counts if it is called like one of manifests or holds folders of skills, and nothing below it was read.
constexpr std::size_t most_entries = 4000;
constexpr int deepest = 6;

bool is_markdown(std::string_view name) { return name.size() > 3 && name.substr(name.size() - 3) == ".md"; }

class Search {
 public:
  Search(const files::Tree& tree, const std::string& root, ReadPaths read)
      : tree_(tree), root_(root), read_(std::move(read)) {}

  std::vector<std::string> run() {
    look("", 0);
    return {found_.begin(), found_.end()};
  }

 private:
  bool is_read(const std::string& folder) const {
    const std::string start = folder + "/";
    const auto next = read_.lower_bound(start);
    return next != read_.end() && next->compare(0, start.size(), start) == 0;
  }

  std::vector<files::Entry> entries(const std::string& folder) {
    auto listing = tree_.list_stamped(files::join(root_, folder));
    if (!listing) return {};
    looked_ += listing->entries.size();
    return std::move(listing->entries);
  }

  // Whether the folder holds a Markdown file or a SKILL.md, directly or in folders by topic: `agents/data/x.md`,
  // `skills/data/x/SKILL.md`.
  bool holds_manifests(const std::string& folder, int topics = 0) {
    constexpr int most_topics = 2;
    std::vector<std::string> below;
    for (const files::Entry& entry : entries(folder)) {
      if (entry.type == files::EntryType::file && is_markdown(entry.name) && entry.name != "README.md") return true;
      if (entry.type == files::EntryType::directory) below.push_back(files::join(folder, entry.name));
    }
    if (topics == most_topics || looked_ > most_entries) return false;
    return std::ranges::any_of(below, [&](const std::string& path) { return holds_manifests(path, topics + 1); });
  }

  // catalog/tie-knots/SKILL.md: what lies in such a folder is the skill's.
  bool is_skill(const std::string& folder, const std::vector<files::Entry>& entries) {
    const bool has_skill = std::ranges::any_of(entries, [](const files::Entry& entry) {
      return entry.name == "SKILL.md" && entry.type == files::EntryType::file;
    });
    if (!has_skill || folder.empty()) return false;
    const std::string above(files::parent(folder));
    if (!above.empty() && !is_read(folder)) found_.insert(above);
    return true;
  }

  void look(const std::string& folder, int depth) {
    if (depth > deepest || looked_ > most_entries) return;
    const std::vector<files::Entry> here = entries(folder);
    if (is_skill(folder, here)) return;
    for (const files::Entry& entry : here) {
      if (entry.type != files::EntryType::directory || entry.name == "node_modules" || entry.name == ".git") continue;
      const std::string path = files::join(folder, entry.name);
      if (entry.name == ".claude-plugin") {
        if (!folder.empty() && !is_read(folder)) found_.insert(folder);
        continue;
      }
      if (client::own_folder::holds_manifests(entry.name)) {
        if (!is_read(path) && holds_manifests(path)) found_.insert(folder.empty() ? "." : folder);
        continue;
      }
      // Hidden folders at the top may be other clients' (.agents/skills); further down they are caches.
      if (entry.name.front() != '.' || entry.name == client::own_folder::name || depth == 0) look(path, depth + 1);
    }
  }

  const files::Tree& tree_;
  const std::string& root_;
  const ReadPaths read_;
  std::set<std::string> found_;
  std::size_t looked_ = 0;
};

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

std::vector<std::string> unread_folders(const files::Tree& tree, const std::string& root, ReadPaths read) {
  return Search(tree, root, std::move(read)).run();
}

std::string listed(const std::vector<std::string>& folders) {
  constexpr std::size_t most = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, folders.size()); ++i) text += (i == 0 ? "" : ", ") + folders[i];
  if (folders.size() > most) text += " and " + std::to_string(folders.size() - most) + " more";
  return text;
}

}  // namespace cascade::cli
