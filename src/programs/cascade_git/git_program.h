// Asks the git program, for repositories that libgit2 1.5 cannot read: those with SHA-256 names, with reftables, and
// whatever git learns next. It is told to fetch nothing, and runs nothing of the repository.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cascade_git/object_store.h"
#include "cascade_git/open_repository.h"

namespace cascade::git {

std::unique_ptr<ObjectStore> open_git_program(const std::string& git_dir);  // `git cat-file --batch`

// The error "sha256" means that there is no git.
RepositoryState ask_git_program(const std::string& git_dir, const std::string& branch);

// Where git looks for its repository, as with its options -C, --git-dir and --work-tree; empty: not given.
struct GitPlace {
  std::string directory, git_dir, work_tree;
};

struct GitAnswer {
  int exit = 127;  // also where there is no git
  std::string output, errors;
};

GitAnswer run_git(const GitPlace& place, std::vector<std::string> words, const std::string& input = {});

// Whether git itself works in the repository around a directory, whoever owns it: the user's configuration may trust it
// (safe.directory), which only git reads as git does.
bool git_trusts(const std::string& directory);

// The output of the git program with these words; null: there is no git, it failed, or it wrote more than 64 MiB.
std::optional<std::string> ask_git(const std::string& git_dir, std::vector<std::string> words, const std::string& input,
                                   int* exit = nullptr);

}  // namespace cascade::git
