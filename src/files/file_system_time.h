// What time it is for the disk, whose stamps are compared with each other and never with the system's clock.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>

namespace cascade::files {

// The mtime, in nanoseconds, of the file `path`, whose first byte was just written; a new one stays. unwritable when
// that fails.
Result<std::int64_t> file_system_time(const std::string& path);

}  // namespace cascade::files
