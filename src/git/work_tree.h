// What differs between a commit and the work tree, as git_diff_tree_to_workdir_with_index() has it, for less.
#pragma once

#include <git2.h>

#include "git/objects.h"

namespace cascade::git {

using DiffPointer = Held<git_diff, git_diff_free>;

// `tree` may be null: everything is new. Null when libgit2 cannot tell.
DiffPointer difference_to_work_tree(git_repository* repository, git_tree* tree, const git_diff_options& options);

}  // namespace cascade::git
