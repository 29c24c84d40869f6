// Replaces this process by another program.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::files {

// Runs words[0] (a path) in this process, with `input` as its standard input if `has_input`. On Windows it runs in a
// child, and this process waits and ends as that does. Returns only if the program could not be started: unreadable.
Error become(const std::vector<std::string>& words, bool has_input, std::string_view input);

}  // namespace cascade::files
