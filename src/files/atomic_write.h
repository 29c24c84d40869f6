// Writing so that a reader sees the old file or the new one, never a part.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::files {

// Writes beside `path` and renames; mode as for open(2). Creates no folders. unwritable on any failure, nothing left
// behind.
Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// A file that is not there is removed already.
Result<void> remove_file(const std::string& path);

// mkdir -p with the mode for what is new, as the umask leaves it.
Result<void> make_directories(const std::string& path, unsigned mode = 0700);

}  // namespace cascade::files
