// How the index is laid out: what its reader and its writer share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::past {

constexpr std::uint64_t index_version = 1;
constexpr std::size_t index_regions = 6;

struct IndexHeader {
  std::uint64_t version = 0;
};

// Numbers of seven bits a byte, the lowest first; the upper bit says that more follow.
inline void put_number(std::string& out, std::uint32_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

// Takes a number off the front. False: the bytes end within it, or it has more than 32 bits.
inline bool take_number(std::string_view& bytes, std::uint32_t& number) noexcept {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) {
      number = static_cast<std::uint32_t>(value);
      return value <= ~std::uint32_t{0};
    }
  }
  return false;
}

}  // namespace cascade::past
