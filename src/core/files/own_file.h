// Where this code is on disk.
#pragma once

#include <string>

namespace cascade::files {

// The running program; absolute, links resolved. Empty if the system does not say.
std::string program_file();

// The shared library that holds this function, or the program that it is linked into; absolute, links resolved. Empty
// if the system does not say.
std::string own_file();

}  // namespace cascade::files
