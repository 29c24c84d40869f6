// Where this clone lies. One object of a test program knows it, so that a compiler's cache serves the other objects in
// every clone, work tree and copy of one.
#pragma once

#include <string>

namespace cascade::test {

// The folder that holds CMakeLists.txt, without a slash at its end.
std::string source_folder();

}  // namespace cascade::test
