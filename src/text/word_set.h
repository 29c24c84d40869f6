// A few fixed words that are asked for often: most askers are turned away by their length or first letter.
#pragma once

#include "text/ascii.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::letters {

// Made by word_set(). Has no constructor, so that a constant one needs no memory that can be written.
template <std::size_t N>
struct WordSet {
  std::array<std::string_view, N> words;
  std::uint32_t sizes = 0, letters = 0;  // of the words; a letter has one number in both cases

  static constexpr std::uint32_t bit(std::size_t i) noexcept { return std::uint32_t{1} << i; }
  static constexpr std::uint32_t letter(std::string_view word) noexcept {
    return bit(static_cast<unsigned char>(word.front()) % 32);
  }

  // In any case.
  constexpr bool has(std::string_view word) const noexcept {
    if (word.empty() || word.size() >= 32 || (sizes & bit(word.size())) == 0 || (letters & letter(word)) == 0)
      return false;
    for (const std::string_view known : words)
      if (equals_lower(word, known)) return true;
    return false;
  }
};

// REQUIRES: words in lower case that begin with a letter and have fewer than 32 bytes.
template <typename... Words>
constexpr WordSet<sizeof...(Words)> word_set(const Words&... words) {
  WordSet<sizeof...(Words)> out{{std::string_view(words)...}};
  for (const std::string_view word : out.words) {
    out.sizes |= out.bit(word.size());
    out.letters |= out.letter(word);
  }
  return out;
}

}  // namespace cascade::letters
