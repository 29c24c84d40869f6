// Reads the words of long texts. 64 bytes at a time are sorted into classes, so that the bounds of a word are two
// searches in one number, without a branch for each byte or mark between words.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "route/build/plain_words.h"
#include "text/byte_block.h"

namespace cascade::route {

namespace plain {

constexpr std::size_t stretch = 4 * letters::block_width, longest = 15;

// A bit for each of 64 bytes; `words`: letters and digits.
struct Classes {
  std::uint64_t words = 0, digits = 0, capitals = 0, wide = 0, going_on = 0;

  // Whether the letters and digits that begin at `first` are one word of at most 15, without a mark that belongs to it.
  bool is_one_word(std::size_t first, std::size_t length) const noexcept {
    if (length > longest) return false;
    const std::uint64_t bits = ((std::uint64_t{1} << length) - 1) << first, after_first = bits & (bits - 1);
    const bool parted = (capitals & after_first) != 0 && (words & ~capitals & ~digits & bits) != 0;
    return !parted && (going_on & bits << 1) == 0;
  }
};

inline Classes classes_of(const char* from) noexcept {
  Classes found;
  for (std::size_t at = 0; at < stretch; at += letters::block_width) {
    const letters::ByteBlock bytes = letters::load_block(from + at), digits = letters::are_digits(bytes);
    const letters::ByteBlock joins = (bytes == '\'') | (bytes == '+') | (bytes == '#');
    found.words |= letters::bits_of(digits | letters::are_letters(bytes)) << at;
    found.digits |= letters::bits_of(digits) << at;
    found.capitals |= letters::bits_of(letters::are_capitals(bytes)) << at;
    found.wide |= letters::bits_of(bytes < 0) << at;
    found.going_on |= letters::bits_of(joins | (bytes < 0)) << at;
  }
  return found;
}

// What to keep of 16 bytes for a word of so many.
constexpr auto kept_bytes = [] {
  std::array<WordBytes, longest + 1> kept{};
  for (std::size_t length = 1; length <= longest; ++length)
    kept[length] = {length < 8 ? (std::uint64_t{1} << 8 * length) - 1 : ~std::uint64_t{0},
                    length > 8 ? (std::uint64_t{1} << 8 * (length - 8)) - 1 : 0};
  return kept;
}();

// A word of at most 15 letters and digits in lower case, without a branch on its length. 16 bytes are read. (Digits
// have the bit that makes letters small.)
inline WordBytes lower_bytes(const char* from, std::size_t length) noexcept {
  constexpr std::uint64_t case_bits = 0x20 * each_byte;
  return {(eight_bytes(from, from + 8) | case_bits) & kept_bytes[length].low,
          (eight_bytes(from + 8, from + 16) | case_bits) & kept_bytes[length].high};
}

}  // namespace plain

// As each_word(), without telling where sentences begin.
template <typename Plain, typename Other>
void each_word_of_line(const char* begin, const char* end, const char* text_end, Plain&& plain, Other&& other) {
  assert(end == text_end || *end == '\n');
  constexpr std::size_t stretch = plain::stretch;
  for (const char* at = begin; at != end;) {
    std::array<char, stretch + letters::block_width> last;
    const char* from = at;
    if (const auto readable = static_cast<std::size_t>(text_end - at); readable < last.size()) {
      last = {};
      std::memcpy(last.data(), at, readable);
      from = last.data();
    }
    plain::Classes classes = plain::classes_of(from);
    const auto left = static_cast<std::size_t>(end - at);
    if (left < stretch) {
      classes.words &= (std::uint64_t{1} << left) - 1;
      classes.wide &= (std::uint64_t{1} << left) - 1;
    }
    std::size_t next = 0;
    while (next < stretch) {
      const std::uint64_t more = (classes.words | classes.wide) >> next;
      if (more == 0) {
        next = stretch;
        break;
      }
      const std::size_t first = next + static_cast<std::size_t>(std::countr_zero(more));
      const bool digits = (classes.digits >> first & 1) != 0;
      const auto length = static_cast<std::size_t>(std::countr_one((digits ? classes.digits : classes.words) >> first));
      if (first + length == stretch && first != 0 && left > stretch) {  // it may go on: read it from its beginning
        next = first;
        break;
      }
      const char* const word = at + first;
      const bool dotted = length == 3 && word != begin && word[-1] == '.';  // ".NET"
      if (length != 0 && !dotted && classes.is_one_word(first, length)) {
        plain(PlainWord{plain::lower_bytes(from + first, length), length, digits});
        next = first + length;
      } else {
        next = read_other({begin, static_cast<std::size_t>(end - begin)}, static_cast<std::size_t>(at - begin) + first,
                          other) -
               static_cast<std::size_t>(at - begin);
      }
    }
    at += std::min(next, left);
  }
}

}  // namespace cascade::route
