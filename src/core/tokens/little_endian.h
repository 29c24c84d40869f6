// Little-endian numbers at any address. The caller checks that they are within the bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cascade::tokens {

template <typename Number>
Number load(std::string_view bytes, std::uint64_t at) noexcept {
  Number number = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&number, bytes.data() + at, sizeof number);
  } else {
    for (std::size_t i = sizeof number; i-- > 0;)
      number = static_cast<Number>(number << 8 | static_cast<unsigned char>(bytes[at + i]));
  }
  return number;
}

template <typename Number>
void store(std::string& bytes, std::uint64_t at, Number number) noexcept {
  for (std::size_t i = 0; i < sizeof number; ++i) bytes[at + i] = static_cast<char>(number >> (8 * i) & 0xFF);
}

}  // namespace cascade::tokens
