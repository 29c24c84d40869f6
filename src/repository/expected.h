// Where a conversation may write: what it began in, what was added to it, what its user named or allowed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "repository/facts.h"

namespace cascade::repository {

enum class Source : std::uint8_t { began, added, named, allowed };
std::string_view to_string(Source source) noexcept;

struct Expected {
  Source source = Source::began;
  std::string directory;               // absolute, links resolved; empty: only addresses are meant
  std::string common_dir, work_tree;   // of the repository there; empty: there is none
  std::string branch, remote;          // as they were then: for the corrected command
  std::vector<std::string> addresses;  // where its pushes go, normal (repository/address.h)
  std::vector<std::pair<std::string, std::string>> remotes{};  // name and address of each, as they were then
  bool has_remotes = true;  // false: it had none, so nothing is known of where they will go
};

using Expectations = std::vector<Expected>;

// What `directory` is now. A directory outside of every repository stands for itself. Error: cascade-git's.
Result<Expected> expect_directory(const std::string& directory, Source source, Git& git, const files::Tree& tree);

// The one that a repository belongs to; null: none. Repositories below an added or allowed directory, or below the
// beginning where that is no repository, belong to it.
const Expected* find(const Expectations& expectations, const Facts& facts);

// Whether the user allowed a protected branch.
bool allows_branch(const Expectations& expectations, std::string_view branch);

// Whether a file may be written: it lies in the work tree, or below a directory that is meant. `root` is the root of
// the work tree that the file lies in; empty: none. All of them with links resolved.
bool covers(const Expectations& expectations, const std::string& path, const std::string& root);

// The nearest folder at or above `path` that holds ".git"; empty: none.
std::string work_tree_root(const std::string& path, const files::Tree& tree);

// Links resolved as far as the path exists, the rest as it stands.
std::string real_path_of(const std::string& path, const files::Tree& tree);

}  // namespace cascade::repository
