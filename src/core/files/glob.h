// Path patterns from configuration files.
#pragma once

#include <string_view>

namespace cascade::files {

// `*` and `?` stay within a path segment, `**` spans segments ("vendor/**", "**/*.md"), `[a-z]` and `[!a]` are
// classes. A pattern that ends in "/" or names a folder matches everything below it. O(pattern * path) for each folder
// of the path at worst.
bool matches_glob(std::string_view pattern, std::string_view path);

}  // namespace cascade::files
