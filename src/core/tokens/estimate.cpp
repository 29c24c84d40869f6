// Without a vocabulary only the kind and the length of a piece are known. A piece counts as one token, and as one more
// for every few units beyond its first: how many depends on whether it is a word, capitals, signs or not ASCII, because
// the vocabulary knows longer pieces of common words than of anything else (docs/tokens.md has the error).
#include "tokens/estimate.h"

#include <algorithm>
#include <array>

#include "tokens/code_point_class.h"
#include "unicode/utf8.h"

namespace cascade::tokens {
namespace {

// The features that decide the cost of a piece; lengths in UTF-16 units, each ill-formed subpart as one U+FFFD.
struct Shape {
  ClassSet classes = 0;
  std::uint32_t units = 0, units_beyond_ascii = 0;
};

constexpr std::array<std::uint8_t, 128> ascii_sets = [] {
  std::array<std::uint8_t, 128> sets{};
  for (std::size_t c = 0; c < sets.size(); ++c) sets[c] = static_cast<std::uint8_t>(set_of(ascii_classes[c]));
  return sets;
}();

Shape shape_of(std::string_view piece) noexcept {
  Shape shape;
  std::size_t at = 0;
  for (; at < piece.size() && static_cast<signed char>(piece[at]) >= 0; ++at)
    shape.classes |= ascii_sets[static_cast<unsigned char>(piece[at])];
  shape.units = static_cast<std::uint32_t>(at);
  while (at < piece.size()) {
    const unicode::Decoded decoded = unicode::decode(piece, at);
    const std::uint32_t units = decoded.code_point > 0xFFFF ? 2 : 1;
    shape.classes |= set_of(class_of(decoded.code_point));
    shape.units += units;
    if (decoded.code_point >= 0x80) shape.units_beyond_ascii += units;
    at += decoded.length;
  }
  return shape;
}

constexpr ClassSet small_letters = set_of(CodePointClass::lower, CodePointClass::letter);
constexpr ClassSet letters = small_letters | set_of(CodePointClass::upper);
constexpr ClassSet signs = set_of(CodePointClass::other, CodePointClass::mark);

}  // namespace

std::uint32_t estimate_piece(std::string_view piece) noexcept {
  if (piece.empty()) return 0;
  const Shape shape = shape_of(piece);
  const std::uint32_t more = shape.units - 1;
  if ((shape.classes & letters) != 0) {
    if (shape.units_beyond_ascii != 0) return 1 + shape.units_beyond_ascii / 2;
    if ((shape.classes & small_letters) == 0) return 1 + more / 4;
    return 1 + more / (piece.front() == ' ' ? 12 : 7);
  }
  if ((shape.classes & signs) == 0) return 1;
  return shape.units_beyond_ascii != 0 ? 1 + std::min(more, 18U) / 2 : 1 + std::min(more, 28U) / 4;
}

}  // namespace cascade::tokens
