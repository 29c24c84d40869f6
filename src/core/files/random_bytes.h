// Bytes from the system's generator.
#pragma once

#include <cstddef>

namespace cascade::files {

bool fill_randomly(unsigned char* bytes, std::size_t size) noexcept;  // false: it cannot be read

}  // namespace cascade::files
