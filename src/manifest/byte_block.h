// Sixteen bytes that are compared at once. These are the compilers' own vectors: they compile to the processor's vector
// instructions, and to plain arithmetic on a processor without any.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cascade::manifest {

constexpr std::size_t block_width = 16;
// A comparison gives -1 in each byte where it holds, else 0.
using ByteBlock = signed char __attribute__((vector_size(block_width)));

// REQUIRES: block_width readable bytes.
inline ByteBlock load_block(const char* from) noexcept {
  ByteBlock out;
  std::memcpy(&out, from, block_width);
  return out;
}

// Puts letters in lower case. Any other byte becomes some byte that is not a letter; blanks stay.
inline ByteBlock to_lower(ByteBlock bytes) noexcept { return bytes | static_cast<signed char>('a' - 'A'); }

using BlockHalves = std::array<std::uint64_t, 2>;
inline BlockHalves halves_of(ByteBlock bytes) noexcept {
  BlockHalves out;
  std::memcpy(out.data(), &bytes, block_width);
  return out;
}

// Calls take(i) for the i-th of eight bytes that are -1 or 0, where it is -1.
template <typename Take>
void for_each_set(std::uint64_t eight, const Take& take) {
  if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
  for (eight &= 0x0101010101010101U; eight != 0; eight &= eight - 1)
    take(static_cast<std::size_t>(std::countr_zero(eight)) / 8);
}

}  // namespace cascade::manifest
