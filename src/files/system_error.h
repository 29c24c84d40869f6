// An errno as an Error: which operation, where, and what a user can do about it.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

namespace cascade::files {

Error system_error(std::string_view what, const std::string& path, int code);
Error unwritable(std::string_view what, const std::string& path, int code);  // with its own code
Error missing(const std::string& path);                                      // not_found, of a tree that is no disk's

}  // namespace cascade::files
