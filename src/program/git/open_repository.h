// Opens a repository with whatever can read it: libgit2, or the git program.
#pragma once

#include <memory>
#include <string>

#include "git/object_store.h"
#include "git/repository_state.h"

namespace cascade::git {

// `branch`: a revision; empty: HEAD.
RepositoryState look_at(const std::string& directory, const std::string& branch);

// Each thread opens its own. `git_dir`: of a repository. Null: it cannot be opened.
std::unique_ptr<ObjectStore> open_store(const std::string& git_dir, bool sha256);

}  // namespace cascade::git
