// Keys that identify the judgement of a file.
#pragma once

#include "hash/content_hash.h"
#include "validate/rules/context.h"

#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// A key of everything that affects all files: the program, the policy, the content of plugin files.
hash::Hash128 key_of_all(const Context& context, std::string_view program);

// A key of one file: its name, the hash128() of its text, its place, and the name of its manifest or of its skill's.
hash::Hash128 file_key(const hash::Hash128& all, const Context& context, const std::string& path,
                       const hash::Hash128& content, const Place& place);

// A key of all findings in a tree: the reports of its files, in their order, and everything else they depend on.
hash::Hash128 key_of_tree(const hash::Hash128& all, const Context& context, const std::vector<hash::Hash128>& of_files);

}  // namespace cascade::validation
