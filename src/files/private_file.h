// A file that only its user reads, and its life outside of what reads it.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <string>

namespace cascade::files {

// Makes an empty file of mode 0600. One that is there stays as it is. unwritable, also for a link.
Result<void> make_private_file(const std::string& path);

// The first `bytes` of a file, or what there is. unreadable.
Result<std::string> read_head(const std::string& path, std::size_t bytes);

// Moves a file to a name that is not taken. unwritable.
Result<void> move_file(const std::string& from, const std::string& to);

}  // namespace cascade::files
