// The code point classes in the splitting rules of o200k_base (Unicode 16.0.0). The values match the generated table.
#pragma once

#include "text/ascii.h"

#include <array>
#include <cstdint>

namespace cascade::tokens {

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

// A set of classes as bits.
using ClassSet = std::uint32_t;

constexpr ClassSet set_of(CodePointClass value) noexcept { return ClassSet{1} << static_cast<unsigned>(value); }

template <typename... Classes>
constexpr ClassSet set_of(CodePointClass first, Classes... rest) noexcept {
  return set_of(first) | set_of(rest...);
}

constexpr bool contains(ClassSet set, CodePointClass value) noexcept { return (set & set_of(value)) != 0; }

}  // namespace cascade::tokens
