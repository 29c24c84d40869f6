// The time according to the disk, whose stamps are compared with each other and never with the system clock.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

namespace cascade::files {

// Returns the mtime, in nanoseconds, of the file `path` after writing its first byte; a new file stays. unwritable if
// that fails.
Result<std::int64_t> file_system_time(const std::string& path);

}  // namespace cascade::files
