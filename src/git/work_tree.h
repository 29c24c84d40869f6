// What differs between a commit and the work tree, as git_diff_tree_to_workdir_with_index() has it, for less.
#pragma once

#include <cstdint>

#include "git/objects.h"

struct git_diff;
struct git_repository;
struct git_tree;

namespace cascade::git {

void free_difference(git_diff* diff);
using DiffPointer = Held<git_diff, free_difference>;

// With what is new and not ignored, submodules left out. `tree` may be null: everything is new. `more`: flags of
// libgit2 (git_diff_option_t) beside these. Null when libgit2 cannot tell.
DiffPointer difference_to_work_tree(git_repository* repository, git_tree* tree, std::uint32_t more = 0);

}  // namespace cascade::git
