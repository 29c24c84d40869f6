// Eight bytes of a text as one number.
#pragma once

#include <bit>
#include <cstdint>

namespace cascade::unicode {

constexpr std::uint64_t each_byte(unsigned char c) noexcept { return 0x0101010101010101ULL * c; }

// Sets the upper bit of each byte that is zero, exact in every byte; all other bits are 0.
constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  return ~(((word & each_byte(0x7F)) + each_byte(0x7F)) | word | each_byte(0x7F));
}

// Returns the first byte, in the order of the text, whose upper bit is set. REQUIRES: there is one.
inline unsigned first_marked(std::uint64_t word) noexcept {
  if constexpr (std::endian::native == std::endian::little)
    return static_cast<unsigned>(std::countr_zero(word)) / 8;
  else
    return static_cast<unsigned>(std::countl_zero(word)) / 8;
}

}  // namespace cascade::unicode
