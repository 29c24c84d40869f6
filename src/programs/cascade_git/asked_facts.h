// What the guard asks about a repository that libgit2 does not open, told by the git program.
#pragma once

#include <string_view>

#include "syntax/json.h"
#include "syntax/node.h"

namespace cascade::git {

// The settings that facts hold.
bool is_told(std::string_view key);

// Writes the answer to "repository", "previous", "submodules", "author" or "descends" (repository_facts.h) into an open
// object. False: it is another question, or git cannot tell either; nothing is written.
bool write_asked(syntax::JsonWriter& json, const syntax::Node& question);

}  // namespace cascade::git
