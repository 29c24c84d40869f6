// The differences between a commit and the work tree, and the commit's versions.
#pragma once

#include <string>

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
