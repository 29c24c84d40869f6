// Logarithms for measures of information, in 64ths of a bit. Integer arithmetic only, for the same result everywhere.
#pragma once

#include <cstdint>

namespace cascade::recall {

// 64 * log2(value), rounded down, good to 1/64. REQUIRES: 1 <= value < 2^32.
std::uint32_t log2_64(std::uint64_t value) noexcept;

}  // namespace cascade::recall
