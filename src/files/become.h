// Another program instead of this one.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::files {

// Runs words[0] (a path) in this process, with `input` as its standard input where that is given (`has_input`). Returns
// only when it could not be started: unreadable.
Error become(const std::vector<std::string>& words, bool has_input, std::string_view input);

}  // namespace cascade::files
