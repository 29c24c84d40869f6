// What the system lets this process have.
#pragma once

#include <string>

namespace cascade::cli {

// "ulimit -v 24576", if the address space is limited; empty if it is not. A process that meets the limit may die of a
// failed allocation or of a stack that cannot grow: neither is a fault of the program.
std::string memory_limit();

}  // namespace cascade::cli
