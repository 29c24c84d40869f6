// Files that only their user can read.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <string>

namespace cascade::files {

// Creates an empty file of mode 0600. An existing one stays as it is. unwritable, also for a link.
Result<void> make_private_file(const std::string& path);

// Returns the first `bytes` of a file, or all of it if it is shorter. unreadable.
Result<std::string> read_head(const std::string& path, std::size_t bytes);

// Moves a file to a name that is not in use. unwritable.
Result<void> move_file(const std::string& from, const std::string& to);

}  // namespace cascade::files
