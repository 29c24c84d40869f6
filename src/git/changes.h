// What differs between a commit and the work tree, and what the commit had instead.
#pragma once

#include <string>

#include "syntax/json.h"

struct git_repository;

namespace cascade::git {

// Writes "work_tree" and "files" into an open object. A file that the revision has not has no "id"; one that was
// renamed says "from" where. Files that git ignores are the same in both.
void write_changes(syntax::JsonWriter& json, git_repository* repository, const std::string& work_tree,
                   const std::string& revision);

// Writes "size" and, from the byte `from` on, at most 1 MiB as "hex".
void write_blob(syntax::JsonWriter& json, git_repository* repository, const std::string& id, const std::string& path,
                const std::string& from);

}  // namespace cascade::git
