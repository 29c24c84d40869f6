// By what the judgement of a file is known again.
#pragma once

#include "hash/content_hash.h"
#include "validate/rules/context.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// Of all that counts for every file: the program, the policy, what plugin files say.
hash::Hash128 key_of_all(const Context& context, std::string_view program);

// Of one file: its name, the hash128() of its text, what its place makes of it and what its manifest, or that of its
// skill, is called.
hash::Hash128 file_key(const hash::Hash128& all, const Context& context, const std::string& path,
                       const hash::Hash128& content, const Place& place);

// Of all that is found in a tree: what its files gave, in their order, and what no file's judgement depends on.
hash::Hash128 key_of_tree(const hash::Hash128& all, const Context& context, const std::vector<hash::Hash128>& of_files);

}  // namespace cascade::validation
