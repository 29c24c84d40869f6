// Moves and removes a folder with everything in it.
#pragma once

#include <cascade/result.h>

#include <string>

namespace cascade::files {

// On one file system, in one step. REQUIRES: nothing is at `to`. unwritable.
Result<void> move_folder(const std::string& from, const std::string& to);

// Links in it are removed, not followed. Succeeds if there is none. unwritable.
Result<void> remove_folder(const std::string& path);

}  // namespace cascade::files
