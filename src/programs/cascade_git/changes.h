// The differences between a commit and the work tree, and the commit's versions.
#pragma once

#include <cstdint>
#include <string>

#include "cascade_git/object_store.h"
#include "syntax/json.h"

struct git_repository;

namespace cascade::git {

// Writes "work_tree" and "files" into an open object. A file that the revision does not have has no "id"; a renamed
// one says "from" where. Files that git ignores count as equal.
void write_changes(syntax::JsonWriter& json, git_repository* repository, const std::string& work_tree,
                   const std::string& revision);

// Writes "size" and, as "hex", at most 1 MiB from the byte `from` on.
void write_blob(syntax::JsonWriter& json, git_repository* repository, const std::string& id, const std::string& path,
                const std::string& from);

}  // namespace cascade::git

// The differences between a commit and the work tree, like git_diff_tree_to_workdir_with_index(), but cheaper.

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

// Whether two trees are worth comparing: a tree of 2 KB whose folders are each ten times the same folder, ten deep, is
// ten thousand million files.

struct git_repository;
struct git_tree;

namespace cascade::git {

// Null: an empty tree. True: they differ in more files than `most_files_compared` (tree_changes.h). Complexity: linear
// in the entries that differ, bounded by it.
bool is_too_large(git_repository* repository, const git_tree* before, const git_tree* after);

}  // namespace cascade::git
