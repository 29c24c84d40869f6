// Reads standard input without trusting its size.
#pragma once

#include <cstddef>
#include <string>

namespace cascade::cli {

// Reads at most `limit` bytes. The rest is read and dropped, so that the writer does not get a broken pipe. A closed or
// unreadable input counts as empty.
std::string read_standard_input(std::size_t limit);

}  // namespace cascade::cli
