// What changed in a file, as diff -u shows it.
#pragma once

#include <string>
#include <string_view>

namespace cascade::rendering {

// Empty when the texts are equal. `path` stands in both headings ("a/x", "b/x"). The shortest script of line changes up
// to a few thousand changed lines, beyond that one block. O(n + changed²) time.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace cascade::rendering
