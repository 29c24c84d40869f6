// Reading standard input without trusting its size.
#pragma once

#include <cstddef>
#include <string>

namespace cascade::cli {

// At most `limit` bytes; what follows is read and dropped, so that the writer does not see a broken pipe. A closed or
// unreadable input is empty.
std::string read_standard_input(std::size_t limit);

}  // namespace cascade::cli
