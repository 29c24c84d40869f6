// How the splitting rules of o200k_base see a code point (Unicode 16.0.0). The values are those of the generated table.
#pragma once

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

// Constant time; any value, also one that is no code point.
CodePointClass class_of(char32_t code_point) noexcept;

// The same for the first 128, for inlining.
constexpr std::array<CodePointClass, 128> ascii_classes = [] {
  std::array<CodePointClass, 128> classes{};
  for (char c = 'A'; c <= 'Z'; ++c) classes[static_cast<unsigned char>(c)] = CodePointClass::upper;
  for (char c = 'a'; c <= 'z'; ++c) classes[static_cast<unsigned char>(c)] = CodePointClass::lower;
  for (char c = '0'; c <= '9'; ++c) classes[static_cast<unsigned char>(c)] = CodePointClass::number;
  for (const char c : {' ', '\t', '\v', '\f'}) classes[static_cast<unsigned char>(c)] = CodePointClass::white;
  for (const char c : {'\n', '\r'}) classes[static_cast<unsigned char>(c)] = CodePointClass::line_break;
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
