// Finds bytes by comparing sixteen at once, with the compilers' own vectors. The answers of four blocks make one number
// of 64 bits, so that a stretch of text without a hit costs one branch.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cascade::letters {

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

inline ByteBlock are_lower(ByteBlock bytes) noexcept { return (bytes >= 'a') & (bytes <= 'z'); }

// A bit for each byte of a comparison, the lowest for the first. Works everywhere.
inline std::uint64_t gathered_bits(ByteBlock compared) noexcept {
  std::array<std::uint64_t, 2> halves;
  std::memcpy(halves.data(), &compared, block_width);
  const auto gather = [](std::uint64_t eight) {
    if constexpr (std::endian::native == std::endian::big) eight = __builtin_bswap64(eight);
    return (eight & 0x8080808080808080U) * 0x0002040810204081U >> 56;
  };
  return gather(halves[0]) | gather(halves[1]) << 8;
}

// The same with the processor's own instruction, if it has one.
inline std::uint64_t bits_of(ByteBlock compared) noexcept {
#if defined(__SSE2__)
  using Chars = char __attribute__((vector_size(block_width)));
  return static_cast<unsigned>(__builtin_ia32_pmovmskb128(reinterpret_cast<Chars>(compared)));
#else
  return gathered_bits(compared);
#endif
}

// Calls take(offset), in order, for each byte of the text where `compare` holds. compare(from), a function object for
// speed, makes a block of the bytes from there on; it may read two bytes more and finds zeros where the text ends.
template <typename Compare, typename Take>
void for_each_where(std::string_view text, const Compare& compare, const Take& take) {
  constexpr std::size_t stretch = 4 * block_width, more = 2;
  const auto take_from = [&](const char* from, std::size_t begin, std::size_t length) {
    std::uint64_t bits = 0;
    for (std::size_t at = 0; at < stretch; at += block_width) bits |= bits_of(compare(from + at)) << at;
    if (length < stretch) bits &= (std::uint64_t{1} << length) - 1;
    for (; bits != 0; bits &= bits - 1) take(begin + static_cast<std::size_t>(std::countr_zero(bits)));
  };
  std::size_t begin = 0;
  for (; begin + stretch + more <= text.size(); begin += stretch) take_from(text.data() + begin, begin, stretch);
  for (; begin < text.size(); begin += stretch) {
    std::array<char, stretch + more> rest{};
    text.copy(rest.data(), rest.size(), begin);
    take_from(rest.data(), begin, std::min(text.size() - begin, stretch));
  }
}

// The same for each line feed. Lines are short: a search for the end of each would cost more.
template <typename Take>
void for_each_line_feed(std::string_view text, const Take& take) {
  for_each_where(
      text, [](const char* from) { return load_block(from) == '\n'; }, take);
}

// A set of bytes as a table: find_first_of() of the standard library searches its set again for each byte of the text.
class ByteSet {
 public:
  constexpr ByteSet() = default;
  constexpr explicit ByteSet(std::string_view bytes) {
    for (const char c : bytes) add(c);
  }
  constexpr void add(char c) { has_[static_cast<unsigned char>(c)] = true; }

  constexpr bool has(char c) const noexcept { return has_[static_cast<unsigned char>(c)]; }
  // Returns the position of the first of them in the text, at or after `from`; npos: none.
  constexpr std::size_t find_in(std::string_view text, std::size_t from = 0) const noexcept {
    while (from < text.size() && !has(text[from])) ++from;
    return from < text.size() ? from : std::string_view::npos;
  }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace cascade::letters
