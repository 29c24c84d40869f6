// An expected place is asked about once, when it enters the session, so a command that changes a remote does not change
// what is expected. Paths are resolved before they are compared, so a link is no way out of a place.
#include "git/expected.h"

#include <algorithm>

#include "files/paths.h"
#include "git/address.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::repository {

constexpr letters::Names<Source::linked> source_names("began", "added", "named", "allowed", "made", "linked");
std::string_view to_string(Source source) noexcept { return source_names.of(source); }
std::optional<Source> parse_source(std::string_view name) noexcept { return source_names.find(name); }

// Resolves component by component, so that ".." after a link leaves the link's target.
std::string real_path_of(const std::string& path, const files::Tree& tree) {
  if (auto whole = tree.real_path(path)) return *std::move(whole);
  const std::size_t root = files::root_size(path);
  std::string real = root == 0 ? "/" : path.substr(0, root);
  bool exists = true;
  for (std::size_t at = root; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string name = path.substr(at, end - at);
    at = end + 1;
    if (name.empty() || name == ".") continue;
    real = files::normalise(files::join(real, name));
    if (!exists && name != "..") continue;
    auto next = tree.real_path(real);
    exists = next.has_value();
    if (next) real = *std::move(next);
  }
  return real;
}

// By the presence of ".git" alone, without asking git: this runs for every file that a tool writes.
std::string work_tree_root(const std::string& path, const files::Tree& tree) {
  for (std::string folder = path; !folder.empty(); folder = files::parent(folder)) {
    if (tree.stat(files::join(folder, ".git"))) return folder;
    if (files::parent(folder) == folder) break;
  }
  return {};
}

// A linked work tree and a submodule have a file ".git" with "gitdir: /w/app/.git/worktrees/a".
std::string git_dir_of(const std::string& root, const files::Tree& tree) {
  constexpr std::uint64_t most_bytes = 4'096;
  constexpr std::string_view key = "gitdir: ";
  const std::string git = files::join(root, ".git");
  const auto found = tree.stat(git);
  if (!found || found->directory) return found ? git : std::string();
  const auto text = tree.read(git, most_bytes);
  if (!text || !text->starts_with(key)) return {};
  return files::join(root, letters::trim(std::string_view(*text).substr(key.size())));
}

std::string common_dir_of(const std::string& root, const files::Tree& tree) {
  const std::string folder = git_dir_of(root, tree), above(files::parent(folder));
  if (folder == files::join(root, ".git")) return folder;
  return files::file_name(above) == "worktrees" ? std::string(files::parent(above)) : std::string();
}

Result<Expected> expect_directory(const std::string& directory, Source source, Git& git, const files::Tree& tree) {
  Expected expected;
  expected.source = source;
  expected.directory = real_path_of(directory, tree);
  const auto stamp = tree.stat(expected.directory);
  const bool is_file = stamp && !stamp->directory;
  const auto facts = git.look({is_file ? std::string(files::parent(expected.directory)) : expected.directory, "", ""});
  if (!facts) return facts.error();
  if (!*facts) return expected;
  expected.common_dir = (*facts)->common_dir;
  expected.work_tree = (*facts)->work_tree;
  expected.branch = (*facts)->branch;
  expected.has_remotes = has_remotes(**facts);
  expected.remote = push_remote(**facts, (*facts)->branch);
  if (expected.has_remotes) expected.addresses = push_addresses(**facts, expected.remote, tree);
  for (const std::string& name : remotes(**facts))
    for (std::string& address : push_addresses(**facts, name, tree))
      expected.remotes.emplace_back(name, std::move(address));
  // A named bare repository may also be pushed to.
  if (expected.work_tree.empty()) expected.addresses.push_back(normal_address(expected.common_dir, "/", tree));
  return expected;
}

Expected linked_to(const Expected& owner, const std::string& work_tree) {
  Expected linked = owner;
  linked.source = Source::linked;
  linked.directory = linked.work_tree = work_tree;
  linked.branch.clear();
  return linked;
}

const Expected* owner_of(const Expectations& expectations, std::string_view common_dir) {
  const auto owner = std::ranges::find_if(
      expectations, [&](const Expected& expected) { return !common_dir.empty() && expected.common_dir == common_dir; });
  return owner == expectations.end() ? nullptr : &*owner;
}

namespace {

// git keeps a submodule's repository below that of the work tree in which it lies.
const Expected* with_submodule(const Expectations& expectations, std::string_view common_dir, std::string_view root) {
  for (const Expected& expected : expectations)
    if (!expected.common_dir.empty() && !expected.work_tree.empty() && root != expected.work_tree &&
        files::is_within(expected.work_tree, root) && files::is_within(expected.common_dir, common_dir) &&
        common_dir.find("/modules/", expected.common_dir.size()) != std::string_view::npos)
      return &expected;
  return nullptr;
}

}  // namespace

// A session that began in a repository does not expect others inside it.
const Expected* find(const Expectations& expectations, const Facts& facts) {
  for (const Expected& expected : expectations)
    if (!expected.common_dir.empty() && expected.common_dir == facts.common_dir &&
        (expected.work_tree == facts.work_tree || expected.source == Source::made))
      return &expected;
  const std::string& place = facts.work_tree.empty() ? facts.common_dir : facts.work_tree;
  for (const Expected& expected : expectations) {
    const bool holds = expected.source == Source::added || expected.source == Source::allowed ||
                       (expected.source == Source::began && expected.common_dir.empty());
    if (holds && !expected.directory.empty() && files::is_within(expected.directory, place)) return &expected;
  }
  return with_submodule(expectations, facts.common_dir, facts.work_tree);
}

bool is_clone_inside(const Expectations& expectations, const Facts& facts, const files::Tree& tree) {
  const std::vector<std::string> names = remotes(facts);
  return !names.empty() && std::ranges::any_of(expectations, [&](const Expected& around) {
    if (around.work_tree.empty() || !files::is_within(around.work_tree, facts.work_tree)) return false;
    return std::ranges::all_of(names, [&](const std::string& name) {
      const std::vector<std::string> addresses = push_addresses(facts, name, tree);
      return std::ranges::all_of(
          addresses, [&](const std::string& address) { return letters::is_one_of(address, around.addresses); });
    });
  });
}

bool is_submodule(const Expectations& expectations, const std::string& root, const files::Tree& tree) {
  const std::string git_dir = root.empty() ? std::string() : git_dir_of(root, tree);
  return !git_dir.empty() && with_submodule(expectations, git_dir, root) != nullptr;
}

bool is_temporary(const std::vector<std::string>& folders, const Expectations& expectations, const std::string& path) {
  const Expected* began = beginning(expectations);
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    if (!files::is_within(folder, path)) return false;
    if (began == nullptr || began->directory == folder || !files::is_within(folder, began->directory)) return true;
    return !files::is_within(began->directory.substr(0, began->directory.find('/', folder.size() + 1)), path);
  });
}

bool is_made_address(const Expectations& expectations, const std::string& address, const files::Tree& tree) {
  return std::ranges::any_of(expectations, [&](const Expected& expected) {
    const std::string& git_dir = expected.common_dir;
    return expected.source == Source::made && !git_dir.empty() &&
           normal_address(files::file_name(git_dir) == ".git" ? std::string(files::parent(git_dir)) : git_dir, "/",
                          tree) == address;
  });
}

bool is_project_address(const Expectations& expectations, const std::string& address) {
  return std::ranges::any_of(expectations, [&](const Expected& expected) {
    const bool is_here = !address.empty() && (address == expected.work_tree || address == expected.common_dir);
    return (expected.source == Source::began || expected.source == Source::linked) &&
           (is_here || letters::is_one_of(address, expected.addresses));
  });
}

bool allows_branch(const Expectations& expectations, std::string_view branch) {
  for (const Expected& expected : expectations)
    if (expected.source == Source::allowed && expected.directory.empty() && expected.branch == branch) return true;
  return false;
}

// A session that began in a repository expects that work tree as a whole: other repositories may lie in the folder.
bool covers(const Expectations& expectations, const std::string& path, const std::string& root,
            const files::Tree& tree) {
  for (const Expected& expected : expectations) {
    if (!root.empty() && expected.work_tree == root) return true;
    if (expected.directory.empty()) continue;
    const bool is_folder = expected.source != Source::began || expected.common_dir.empty();
    if (is_folder && files::is_within(expected.directory, path)) return true;
  }
  return is_submodule(expectations, root, tree);
}

const Expected* beginning(const Expectations& expectations) {
  return letters::find_first(expectations, &Expected::source, Source::began);
}

}  // namespace cascade::repository
