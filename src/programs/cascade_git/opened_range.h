// Opens a repository and finds the two ends of a range.
#pragma once

#include <string>

#include "cascade_git/objects.h"
#include "cascade_git/write_line.h"
#include "syntax/node.h"

struct git_commit;
struct git_repository;
struct git_tree;

namespace cascade::git {

void free_repository(git_repository* repository);
void free_commit(git_commit* commit);
void free_tree(git_tree* tree);
using RangeRepository = Held<git_repository, free_repository>;
using RangeCommit = Held<git_commit, free_commit>;
using RangeTree = Held<git_tree, free_tree>;

void write_range_error(const std::string& error, const WriteLine& write);

// The repository of a question's directory, with the objects that a push is bringing (a hook that runs before a push is
// taken finds them in folders that the environment names). Null: the error is written.
RangeRepository open_for_range(const syntax::Node& question, const WriteLine& write);

RangeCommit commit_named(git_repository* repository, const std::string& revision);  // null: there is none
RangeTree tree_of_commit(git_commit* commit);                                       // null: of null, or it is missing

}  // namespace cascade::git
