// Where this code itself lies on disk.
#pragma once

#include <string>

namespace cascade::files {

// The running program; absolute, links resolved. Empty when the system does not tell.
std::string program_file();

// The shared library that this function was loaded from, or the program that it is linked into; absolute, links
// resolved. Empty when the system does not tell.
std::string own_file();

}  // namespace cascade::files
