// The information in the occurrence of a word, in 64ths of a bit. Integer arithmetic only, for the same result
// everywhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cascade::route {

// 64 * log2(value / 256); 0 below 256.
std::uint32_t log2_of(std::uint64_t value) noexcept;

// The rarity of a word that `sixteenths` / 16 of `all` entries have; an entry that has it in passing may count as a
// fraction.
std::uint16_t rarity(std::size_t all, std::uint64_t sixteenths) noexcept;

}  // namespace cascade::route
