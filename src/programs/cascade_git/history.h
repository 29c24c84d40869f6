// The history of commits, and the state of a work tree as one hash.
#pragma once

#include <string>

#include "syntax/json.h"

struct git_repository;

namespace cascade::git {

// Writes "head" (empty: no commit yet) and "state": a hash of the paths and contents that differ from it. Two equal
// states of the same head hold the same files.
void write_state(syntax::JsonWriter& json, git_repository* repository, const std::string& work_tree);

// Writes "commits" from HEAD back to `since`, exclusive (empty: up to 5,000), oldest first: "id", "parents", "time",
// "tree", "subject", "names" (lines of the message that name commits) and, with `states`, the "state" that its
// parent's work tree had just before the commit.
void write_history(syntax::JsonWriter& json, git_repository* repository, const std::string& since, bool states);

// Writes a commit's files into an empty folder; index and HEAD do not change.
void write_checkout(syntax::JsonWriter& json, git_repository* repository, const std::string& commit,
                    const std::string& into);

}  // namespace cascade::git
