// Estimates token counts without a vocabulary table, from the lengths of pieces alone (error: docs/tokens.md).
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>

#include <cstring>
#endif

#include "text/ascii.h"

namespace cascade {

struct KnownModel {
  std::string_view prefix;
  std::uint32_t per_mille, window;
};
std::span<const KnownModel> known_models() noexcept;  // the rows of known_models.tsv

namespace tokens {

// Identifies the formula in caches; changes with any of its constants.
constexpr std::string_view estimate_id = "estimate/1";

std::uint32_t estimate_piece(std::string_view piece) noexcept;

// Cuts text into the pieces of o200k_base: words, numbers, punctuation and white space, each encoded by itself.

// Bit i: a piece begins at byte i. Bit 0 is set; the last piece may end anywhere. `open`: the last piece ends after
// the ASCII examined here, so the rules must find its end.
struct PieceStarts {
  std::uint64_t bits = 1;
  bool open = true;
};

#if defined(__SSE2__)

namespace block {

using Bits = std::uint64_t;
constexpr unsigned size = 64;

inline __m128i between(__m128i bytes, char first, char last) noexcept {
  // Moves the range to the lowest signed numbers.
  const __m128i moved = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(-128 - first)));
  return _mm_cmplt_epi8(moved, _mm_set1_epi8(static_cast<char>(-128 + (last - first) + 1)));
}

// Marks the bytes for which `is` is true. REQUIRES: 64 readable bytes.
template <typename Is>
Bits bytes_that(const char* text, Is is) noexcept {
  Bits found = 0;
  for (unsigned at = 0; at < size; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at));
    found |= static_cast<Bits>(static_cast<std::uint32_t>(_mm_movemask_epi8(is(bytes)))) << at;
  }
  return found;
}

// The same, faster if it is usually false for all.
template <typename Is>
Bits rare_bytes_that(const char* text, Is is) noexcept {
  __m128i any = _mm_setzero_si128();
  for (unsigned at = 0; at < size; at += 16)
    any = _mm_or_si128(any, is(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text + at))));
  return _mm_movemask_epi8(any) == 0 ? 0 : bytes_that(text, is);
}

inline Bits bytes_equal(const char* text, char value) noexcept {
  return bytes_that(text, [value](__m128i bytes) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(value)); });
}

inline Bits bytes_between(const char* text, char first, char last) noexcept {
  return bytes_that(text, [=](__m128i bytes) { return between(bytes, first, last); });
}

struct Classes {
  Bits letters, small, digits, spaces, breaks, white, beyond;

  // REQUIRES: 64 readable bytes.
  explicit Classes(const char* text) noexcept
      : letters(bytes_that(text,
                           [](__m128i bytes) { return between(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z'); })),
        small(letters & bytes_that(text, [](__m128i bytes) { return _mm_slli_epi16(bytes, 2); })),  // by bit 0x20
        digits(bytes_between(text, '0', '9')),
        spaces(bytes_equal(text, ' ')),
        breaks(bytes_equal(text, '\n')),
        white(bytes_between(text, '\t', '\r')),
        beyond(rare_bytes_that(text, [](__m128i bytes) { return bytes; })) {
    if (white != breaks) breaks |= bytes_equal(text, '\r');
    white |= spaces;
  }
};

// The bits below `at`. REQUIRES: at <= 64.
constexpr Bits below(unsigned at) noexcept { return at < size ? (Bits{1} << at) - 1 : ~Bits{0}; }

// For the runs of `bits` that begin with a bit of `first`: the bit after each run, if there is one.
constexpr Bits behind_runs(Bits bits, Bits first) noexcept { return (bits + first) & ~bits; }

// Every third digit in a run begins a piece.
constexpr Bits number_starts(Bits digits) noexcept {
  const Bits third = digits & digits << 1 & digits << 2;
  Bits starts = digits & ~(digits << 1);
  for (Bits last = starts; (last = last << 3 & third) != 0;) starts |= last;
  return starts;
}

// Contractions belong to the word before them. Returns the number of bits decided.
inline unsigned join_contractions(const char* text, Bits apostrophes, Bits letters, unsigned decided,
                                  Bits& starts) noexcept {
  const auto small = [text](unsigned at) { return static_cast<char>(text[at] | 0x20); };
  for (unsigned joined = 0; apostrophes != 0; apostrophes &= apostrophes - 1) {
    const auto at = static_cast<unsigned>(std::countr_zero(apostrophes));
    if (at >= decided) break;
    if (at + 3 > decided) return at;
    const char first = small(at + 1), second = small(at + 2);
    const bool one = first == 's' || first == 't' || first == 'm' || first == 'd';
    const bool two = ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
    if ((!one && !two) || at == joined) continue;
    joined = at + (one ? 2 : 3);
    starts &= ~(below(joined) & ~below(at));
    if (joined < size) starts |= letters & Bits{1} << joined;
  }
  return decided;
}

}  // namespace block

// For the begin of a piece. REQUIRES: 64 readable bytes, the first `length` of which belong to the text.
inline PieceStarts piece_starts(const char* text, std::size_t length) noexcept {
  using namespace block;
  const Classes is(text);
  const auto known = std::min(static_cast<unsigned>(std::countr_zero(is.beyond)),
                              static_cast<unsigned>(std::min<std::size_t>(length, size)));
  const Bits other = ~(is.letters | is.digits | is.white | is.beyond);
  // Punctuation takes the line breaks after it.
  const Bits break_behind_other = is.breaks & other << 1;
  const Bits taken = is.breaks & ~(is.breaks + break_behind_other);
  const Bits white = is.white & ~taken, blanks = is.white & ~is.breaks;
  // White space is cut after its last line break and before its last character.
  const Bits begin_line = blanks & (is.breaks & white) << 1;
  const Bits begin_other = other & ~(other << 1) & ~(is.spaces << 1);
  Bits starts = 1 | number_starts(is.digits) | begin_other;
  starts |= (white & ~(white << 1)) | begin_line | (blanks & ~(is.white >> 1));
  // A word takes one blank before it, or one punctuation character that begins a piece.
  starts |= is.letters & ~(is.letters << 1) & ~(blanks << 1) & ~((begin_other & ~(other >> 1)) << 1);
  starts |= is.letters & ~is.small & is.small << 1;

  unsigned decided = known;
  if (const Bits lines = other & taken << 1; lines != 0) {
    if (const Bits slashes = lines & bytes_equal(text, '/'); slashes != 0)
      decided = std::min(decided, static_cast<unsigned>(std::countr_zero(slashes)));
  }
  const Bits signs = rare_bytes_that(text, [](__m128i bytes) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\'')); });
  if (const Bits apostrophes = signs & is.letters << 1; apostrophes != 0)
    decided = join_contractions(text, apostrophes, is.letters, decided, starts);
  // White space that continues past the end, and blank lines: undecided after their begin.
  const Bits open_white = white | ~below(decided);
  unsigned last = size - static_cast<unsigned>(std::countl_one(open_white));
  if (const Bits blank_line = behind_runs(blanks, begin_line) & is.breaks & below(decided); blank_line != 0) {
    const Bits solid = ~white & below(static_cast<unsigned>(std::countr_zero(blank_line)));
    last = std::min(last, static_cast<unsigned>(std::bit_width(solid)));
  }
  starts &= below(decided) & (last < size ? below(last + 1) : ~Bits{0});
  return {starts | 1, known < size || starts == 1};
}

// The same for the last bytes of a text. REQUIRES: length < 64.
inline PieceStarts piece_starts_at_end(const char* text, std::size_t length) noexcept {
  std::array<char, block::size> copy;
  copy.fill('\0');
  std::memcpy(copy.data(), text, length);
  return piece_starts(copy.data(), length);
}

#else

constexpr PieceStarts piece_starts(const char*, std::size_t) noexcept { return {}; }
constexpr PieceStarts piece_starts_at_end(const char*, std::size_t) noexcept { return {}; }

#endif

// The end of the piece that begins at `at`, by the rules alone. REQUIRES: at < text.size(), 0 or the end of a piece.
std::size_t scan_piece(std::string_view text, std::size_t at) noexcept;

// Calls use(std::string_view) for each piece in order. Pieces cover the text. Any bytes; each maximal ill-formed UTF-8
// subpart counts as one U+FFFD, and no piece ends inside one. Linear in the text.
template <typename Use>
void for_each_piece(std::string_view text, Use use) {
  constexpr std::ptrdiff_t block_size = 64, least = 24;  // bytes; below `least` a block costs more than it saves
  const char* const end = text.data() + text.size();
  for (const char* begin = text.data(); begin < end;) {
    const char* const block = begin;
    PieceStarts starts;
    if (end - block >= least && static_cast<signed char>(*block) >= 0) {
      const auto left = static_cast<std::size_t>(end - block);
      starts = end - block >= block_size ? piece_starts(block, left) : piece_starts_at_end(block, left);
    }
    for (std::uint64_t bits = starts.bits & (starts.bits - 1); bits != 0; bits &= bits - 1) {
      const char* const next = block + std::countr_zero(bits);
      use(std::string_view(begin, static_cast<std::size_t>(next - begin)));
      begin = next;
    }
    if (!starts.open) continue;
    const auto at = static_cast<std::size_t>(begin - text.data()), size = scan_piece(text, at) - at;
    use(std::string_view(begin, size));
    begin += size;
  }
}

// The code point classes in the splitting rules of o200k_base (Unicode 16.0.0). The values match the generated table.
enum class CodePointClass : std::uint8_t {
  other,       // neither white, letter, mark nor number
  upper,       // Lu, Lt
  lower,       // Ll
  letter,      // Lm, Lo: counts as either case
  mark,        // Mn, Mc, Me: as a letter inside a word, as `other` elsewhere
  number,      // Nd, Nl, No
  white,       // the White_Space property
  line_break,  // CR and LF: white space too
};

// Constant time; accepts any value, even one that is not a code point.
CodePointClass class_of(char32_t code_point) noexcept;

// The same for the first 128 code points, for inlining.
constexpr std::array<CodePointClass, 128> ascii_classes = [] {
  std::array<CodePointClass, 128> classes{};
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const char c = static_cast<char>(i);
    if (letters::is_upper(c)) classes[i] = CodePointClass::upper;
    if (letters::is_lower(c)) classes[i] = CodePointClass::lower;
    if (letters::is_digit(c)) classes[i] = CodePointClass::number;
    if (letters::is_space(c)) classes[i] = c == '\n' || c == '\r' ? CodePointClass::line_break : CodePointClass::white;
  }
  return classes;
}();

using ClassSet = std::uint32_t;

constexpr ClassSet set_of(CodePointClass value) noexcept { return ClassSet{1} << static_cast<unsigned>(value); }

template <typename... Classes>
constexpr ClassSet set_of(CodePointClass first, Classes... rest) noexcept {
  return set_of(first) | set_of(rest...);
}

constexpr bool contains(ClassSet set, CodePointClass value) noexcept { return (set & set_of(value)) != 0; }

// The rows of code_point_blocks.tsv, code_point_classes.tsv and code_point_ranges.tsv, compiled in.
struct Range {
  char32_t first, last;
  std::uint8_t value;
};

extern const std::uint8_t block_of[1024];
extern const std::uint64_t blocks[1752];
std::span<const Range> ranges_behind() noexcept;

}  // namespace tokens
}  // namespace cascade
