// The differences between a commit and the work tree, like git_diff_tree_to_workdir_with_index(), but cheaper.
#pragma once

#include <cstdint>

#include "cascade_git/objects.h"

struct git_diff;
struct git_repository;
struct git_tree;

namespace cascade::git {

void free_difference(git_diff* diff);
using DiffPointer = Held<git_diff, free_difference>;

// Includes new files that are not ignored; leaves out submodules. `tree` may be null: everything is new. `more`:
// additional flags of libgit2 (git_diff_option_t). Null: libgit2 failed.
DiffPointer difference_to_work_tree(git_repository* repository, git_tree* tree, std::uint32_t more = 0);

}  // namespace cascade::git
