// A few fixed words that are looked up often: most queries fail at once by length or first letter.
#pragma once

#include "text/ascii.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::letters {

// Made by word_set(). It has no constructor, so that a constant set needs no writable memory.
template <std::size_t N>
struct WordSet {
  std::array<std::string_view, N> words;
  std::uint32_t sizes = 0, letters = 0;  // of the words; a letter has the same number in both cases

  static constexpr std::uint32_t bit(std::size_t i) noexcept { return std::uint32_t{1} << i; }
  static constexpr std::uint32_t letter(std::string_view word) noexcept {
    return bit(static_cast<unsigned char>(word.front()) % 32);
  }

  // Ignores case.
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
