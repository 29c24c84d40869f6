// Where a conversation may write: where it began, what was added, named or allowed, and repositories that it made.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "git/address.h"

namespace cascade::repository {

// made: a repository that the session made; linked: a work tree that it added to a repository where it may write.
enum class Source : std::uint8_t { began, added, named, allowed, made, linked };
std::string_view to_string(Source source) noexcept;
std::optional<Source> parse_source(std::string_view name) noexcept;

struct Expected {
  Source source = Source::began;
  std::string directory;               // absolute, links resolved; empty: only addresses are expected
  std::string common_dir, work_tree;   // of the repository there; empty: none
  std::string branch, remote;          // at that time: for the corrected command
  std::vector<std::string> addresses;  // where its pushes go, in normal form (git/address.h)
  std::vector<std::pair<std::string, std::string>> remotes{};  // name and address of each, at that time
  bool has_remotes = true;  // false: it had none, so it is unknown where they will go
};

using Expectations = std::vector<Expected>;

// As it is now; outside of every repository a directory is expected by itself. Error: cascade-git's.
Result<Expected> expect_directory(const std::string& directory, Source source, Git& git, const files::Tree& tree);

// A work tree that the session adds to the repository of `owner`. What it commits there is pushed where that one's is.
Expected linked_to(const Expected& owner, const std::string& work_tree);

// The first expectation of this repository, in whichever work tree; null: there is none.
const Expected* owner_of(const Expectations& expectations, std::string_view common_dir);

// Covers repositories below an added or allowed directory, or a beginning that is none; submodules of one that is.
const Expected* find(const Expectations& expectations, const Facts& facts);

// Whether it lies in an expected work tree and is pushed to where that one is pushed: a program's own clone, such as
// the one in which a site is published. Its branches are nobody's else.
bool is_clone_inside(const Expectations& expectations, const Facts& facts, const files::Tree& tree);

bool allows_branch(const Expectations& expectations, std::string_view branch);

// Whether a file may be written. `root`: of the work tree that contains it; empty: none. All links are resolved.
bool covers(const Expectations& expectations, const std::string& path, const std::string& root,
            const files::Tree& tree);

// Whether the work tree `root` is a submodule of one that is expected.
bool is_submodule(const Expectations& expectations, const std::string& root, const files::Tree& tree);

// Whether what lies there is free to be written: it is in one of these folders for temporary files (links resolved),
// and not in the one folder right below it in which the session itself began.
bool is_temporary(const std::vector<std::string>& folders, const Expectations& expectations, const std::string& path);

// The address of a repository that the session made, with nobody else's work in it.
bool is_made_address(const Expectations& expectations, const std::string& address, const files::Tree& tree);

// Whether a push there arrives in the session's own project, or where that is pushed.
bool is_project_address(const Expectations& expectations, const std::string& address);

// Returns the nearest folder at or above `path` that contains ".git"; empty: none.
std::string work_tree_root(const std::string& path, const files::Tree& tree);

// The repository's folder for a work tree, as the ".git" in it says; empty: there is none.
std::string git_dir_of(const std::string& root, const files::Tree& tree);
// The repository's common folder; of a submodule, whose folder is no work tree of another one, none.
std::string common_dir_of(const std::string& root, const files::Tree& tree);

// Resolves links as far as the path exists; the rest is unchanged.
std::string real_path_of(const std::string& path, const files::Tree& tree);

// The place where a conversation began; null: unknown.
const Expected* beginning(const Expectations& expectations);

}  // namespace cascade::repository
