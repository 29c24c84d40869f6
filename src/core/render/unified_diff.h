// Shows the changes in a file as diff -u does.
#pragma once

#include <string>
#include <string_view>

namespace cascade::rendering {

// Empty if the texts are equal. `path` is used in both headings ("a/x", "b/x"). The shortest script of line changes up
// to a few thousand changed lines, and one block beyond that. O(n + changed²) time.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace cascade::rendering
