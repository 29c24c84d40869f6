// Identifies the current start of the machine: a file written during this one cannot have been torn by a crash.
#pragma once

#include <cstdint>

namespace cascade::files {

// The same for all processes until the machine stops, different afterwards; 0: the system does not say.
std::uint64_t this_boot() noexcept;

}  // namespace cascade::files
