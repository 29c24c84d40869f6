// Reads standard input without trusting its size.
#pragma once

#include <cstddef>
#include <string>

namespace cascade::cli {

// Reads at most `limit` bytes. The rest is read and dropped, so that the writer does not get a broken pipe. A closed or
// unreadable input counts as empty.
std::string read_standard_input(std::size_t limit);

// Reads what is there, at most `most` bytes, and waits where nothing is. 0 at its end, less if it cannot be read.
std::ptrdiff_t read_some(char* into, std::size_t most);

}  // namespace cascade::cli
