// git's view of a repository, the interface that provides it, and the addresses of its pushes.
#pragma once

#include <cascade/result.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/tree.h"

namespace cascade::repository {

// Where a git command looks for its repository. Paths are absolute, or relative to the directory.
struct Place {
  std::string directory;
  std::string git_dir, work_tree;  // --git-dir, GIT_DIR, --work-tree, GIT_WORK_TREE; empty: not given

  friend bool operator==(const Place&, const Place&) = default;
};

// One repository as git sees it from one place. Paths are absolute, links resolved.
struct Facts {
  std::string git_dir, common_dir;
  std::string work_tree;              // that HEAD and index belong to; empty: the repository is bare
  std::string branch;                 // empty: HEAD is detached
  std::vector<std::string> branches;  // the local branches, short
  std::vector<std::pair<std::string, std::string>>
      config;            // remote.*, url.*, branch.*, alias.*, user.* ...; git's order
  std::string folder{};  // where the call puts its files, if that is another one (GIT_WORK_TREE); else empty

  std::string value(std::string_view key) const;  // the last one; empty: there is none
  std::vector<std::string> values(std::string_view key) const;
  bool has_branch(std::string_view name) const;
};

// Provides answers for the guard: made-up ones in tests, cascade-git's in the program.
struct Git {
  virtual ~Git() = default;
  // Nothing: there is no repository. Error: unknown; a guard refuses then.
  virtual Result<std::optional<Facts>> look(const Place& place) = 0;
  virtual Result<bool> knows_author(const Place& place, const std::string& email) = 0;
  virtual Result<std::string> previous_branch(const Place& place) = 0;
  virtual Result<std::vector<std::string>> submodules(const Place& place) = 0;
  // Whether everything that `from` reaches `to` reaches as well, so that going from one to the other loses nothing.
  // Both are revisions; false also where there is no such one.
  virtual Result<bool> descends(const Place& place, const std::string& from, const std::string& to) = 0;
};

// A single form, however it is written: "git@github.com:acme/app.git" and "https://github.com/acme/app/" ->
// "github.com/acme/app"; a path, also with file:// -> the absolute path of the repository that git finds there, from
// `directory`, links resolved.
std::string normal_address(std::string_view address, const std::string& directory, const files::Tree& tree);

// After pushurl, insteadOf and pushInsteadOf, in normal form; a word that is no remote's name is an address.
std::vector<std::string> push_addresses(const Facts& facts, const std::string& remote, const files::Tree& tree);

// Of a plain `git push`: the branch's, remote.pushDefault, the only one, or "origin". Empty: git pushes nothing.
std::string push_remote(const Facts& facts, const std::string& branch);
std::string default_remote(const Facts& facts, const std::string& branch);

bool has_remotes(const Facts& facts);
bool is_remote(const Facts& facts, std::string_view name);
std::vector<std::string> remotes(const Facts& facts);

// "acme/app", "github.com/acme/app", an address of a pull request, "git@host.example:group/sub/app.git"; else nothing.
std::optional<std::string> hosted_repository(std::string_view text);

}  // namespace cascade::repository
