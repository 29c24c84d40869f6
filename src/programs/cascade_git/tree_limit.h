// Whether two trees are worth comparing: a tree of 2 KB whose folders are each ten times the same folder, ten deep, is
// ten thousand million files.
#pragma once

struct git_repository;
struct git_tree;

namespace cascade::git {

// Null: an empty tree. True: they differ in more files than `most_files_compared` (tree_changes.h). Complexity: linear
// in the entries that differ, bounded by it.
bool is_too_large(git_repository* repository, const git_tree* before, const git_tree* after);

}  // namespace cascade::git
