// Which start of the machine this is: what was written in the same one cannot have been torn by its end.
#pragma once

#include <cstdint>

namespace cascade::files {

// The same for all processes until the machine goes down, another one afterwards; 0: the system does not tell.
std::uint64_t this_boot() noexcept;

}  // namespace cascade::files
