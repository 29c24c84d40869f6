// The fast way through plain ASCII: where a piece ends, seen from its first 16 bytes alone. The rules of
// tokens/piece_scanner.cpp on one bit for each byte; what cannot be decided here is left to them.
#pragma once

#include <cstddef>

#if defined(__SSE2__)
#include <emmintrin.h>

#include <bit>
#include <cstdint>
#endif

namespace cascade::tokens {

constexpr std::size_t window_size = 16;

#if defined(__SSE2__)

namespace window {

// One bit for each of the 16 bytes.
using Mask = std::uint32_t;

inline __m128i between(__m128i bytes, char first, char last) noexcept {
  // Signed: bytes from 0x80 on are negative and in no range.
  return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(first - 1))),
                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(last + 1))));
}

inline Mask mask_of(__m128i bytes) noexcept { return static_cast<Mask>(_mm_movemask_epi8(bytes)); }

// The first set bit from `from` on, or at least 16.
inline unsigned first_from(Mask mask, unsigned from) noexcept {
  return static_cast<unsigned>(std::countr_zero((mask | 0x10000U) >> from)) + from;
}

inline bool has(Mask mask, unsigned at) noexcept { return (mask >> at & 1) != 0; }

// A run that ends at `end`, at a character that is no ASCII or outside the window, is not decided.
inline unsigned decided(unsigned end, Mask undecided) noexcept {
  return end < window_size && !has(undecided, end) ? end : 0;
}

// A word that begins at `start`: capitals, then small letters.
inline unsigned word(__m128i bytes, Mask letters, Mask beyond, unsigned start) noexcept {
  const Mask small = mask_of(between(bytes, 'a', 'z')), capitals = letters & ~small;
  const Mask stops = ~letters | (capitals & small << 1);
  const Mask apostrophes = mask_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\'')));
  return decided(first_from(stops, start + 1), beyond | apostrophes);
}

// Numbers, punctuation and white space. REQUIRES: no word begins at 0.
inline unsigned rest(__m128i bytes, Mask letters, Mask beyond) noexcept {
  const Mask digits = mask_of(between(bytes, '0', '9'));
  if (has(digits, 0)) {
    const unsigned end = first_from(~digits, 1);
    return end >= 3 ? 3 : decided(end, beyond);
  }
  const Mask spaces = mask_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')));
  const Mask breaks =
      mask_of(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'))));
  const Mask white = spaces | mask_of(between(bytes, '\t', '\r'));
  const Mask plain = ~(letters | digits | white | beyond) & 0xFFFFU;
  const unsigned start = has(spaces, 0) ? 1 : 0;
  if (has(plain, start)) {
    const unsigned end = first_from(~plain, start + 1);
    if (end >= window_size || has(beyond, end)) return 0;
    const Mask slashes = mask_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('/')));
    return decided(first_from(~(breaks | slashes), end), 0);
  }
  const unsigned end = first_from(~white, 0);
  if (end == 0 || end >= window_size || has(beyond, end)) return 0;
  const Mask breaks_within = breaks & ((Mask{1} << end) - 1);
  if (breaks_within != 0) return static_cast<unsigned>(std::bit_width(breaks_within));
  return end == 1 ? 1 : end - 1;
}

}  // namespace window

// The length of the piece that begins at `text`, or 0 when 16 bytes do not tell. REQUIRES: 16 readable bytes.
inline unsigned piece_in_window(const char* text) noexcept {
  using namespace window;
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  const Mask beyond = mask_of(bytes);
  const Mask letters = mask_of(between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z'));
  if (has(letters, 0)) return word(bytes, letters, beyond, 0);
  const char first = text[0];
  const bool lead = !has(beyond, 0) && first != '\n' && first != '\r' && (first < '0' || first > '9');
  if (lead && has(letters, 1)) return word(bytes, letters, beyond, 1);
  if (has(beyond, 0)) return 0;
  return rest(bytes, letters, beyond);
}

#else

constexpr unsigned piece_in_window(const char*) noexcept { return 0; }

#endif

}  // namespace cascade::tokens
