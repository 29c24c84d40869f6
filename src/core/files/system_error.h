// Turns what the system says of a failed call (errno; on Windows GetLastError) into an Error: which operation, on which
// path, and what the user can do.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

namespace cascade::files {

Error system_error(std::string_view what, const std::string& path, int code);
Error unwritable(std::string_view what, const std::string& path, int code);  // with its own code
Error missing(const std::string& path);                                      // not_found, for a tree that is not a disk

}  // namespace cascade::files
