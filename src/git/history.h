// What became of commits: history, and the state of a work tree as one number.
#pragma once

#include <string>

#include "syntax/json.h"

struct git_repository;

namespace cascade::git {

// Writes "head" (empty: there is no commit yet) and "state": a hash of the paths and contents that differ from it. Two
// equal states of one head hold the same files.
void write_state(syntax::JsonWriter& json, git_repository* repository, const std::string& work_tree);

// Writes "commits" from HEAD back to `since`, which is left out (empty: as far as 5,000), the oldest first: "id",
// "parents", "time", "tree", "subject", "names" (lines of the message that name commits) and, with `states`, the
// "state" that its parent's work tree had when all of it was committed.
void write_history(syntax::JsonWriter& json, git_repository* repository, const std::string& since, bool states);

// Writes a commit's files into an empty folder; index and HEAD stay as they are.
void write_checkout(syntax::JsonWriter& json, git_repository* repository, const std::string& commit,
                    const std::string& into);

}  // namespace cascade::git
