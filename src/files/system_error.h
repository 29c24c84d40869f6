// An errno as an Error: which operation, where, and what a user can do about it.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

namespace cascade::files {

Error system_error(std::string_view what, const std::string& path, int code);

}  // namespace cascade::files
