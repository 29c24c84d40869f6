// Opens a repository with whatever can read it: libgit2, or the git program.
#pragma once

#include <memory>
#include <string>

#include "cascade_git/object_store.h"
#include "cascade_git/repository_state.h"

struct git_repository;

namespace cascade::git {

// The repository around `directory`, or the one in `git_dir` if that is not empty. Null: `error` is a word of the
// protocol (repository_facts.h). libgit2 would read who owns a repository, and whom the user trusts, in its own way;
// git's decides. The caller frees it.
git_repository* open_as_git(const std::string& directory, const std::string& git_dir, std::string& error);

// `branch`: a revision; empty: HEAD.
RepositoryState look_at(const std::string& directory, const std::string& branch);

// Each thread opens its own. `git_dir`: of a repository. Null: it cannot be opened.
std::unique_ptr<ObjectStore> open_store(const std::string& git_dir, bool sha256);

}  // namespace cascade::git
