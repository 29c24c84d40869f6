// How much it tells that a word occurs, in 64ths of a bit. Integers only, the same everywhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cascade::route {

// 64 * log2(value / 256); 0 below 256.
std::uint32_t log2_of(std::uint64_t value) noexcept;

// Of a word that `sixteenths` / 16 of `all` entries have; those that have it in passing may count as parts of one.
std::uint16_t rarity(std::size_t all, std::uint64_t sixteenths) noexcept;

}  // namespace cascade::route
