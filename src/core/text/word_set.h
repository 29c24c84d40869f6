// A few fixed words that are looked up often: a query is compared only with the words of its first letter, and most
// fail at once by length.
#pragma once

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::letters {

// Made by word_set(). It has no constructor, so that a constant set needs no writable memory.
template <std::size_t N>
struct WordSet {
  static_assert(N < 256);
  static constexpr std::size_t letters = 32;

  std::array<std::string_view, N> words;           // by letter
  std::array<std::uint8_t, letters + 1> begins{};  // where the words of each letter begin
  std::uint32_t sizes = 0;                         // of the words

  static constexpr std::uint32_t bit(std::size_t i) noexcept { return std::uint32_t{1} << i; }
  // A letter has the same number in both cases.
  static constexpr std::size_t letter(std::string_view word) noexcept {
    return static_cast<unsigned char>(word.front()) % letters;
  }

  // Ignores case.
  constexpr bool has(std::string_view word) const noexcept {
    if (word.empty() || word.size() >= 32 || (sizes & bit(word.size())) == 0) return false;
    const std::size_t own = letter(word), end = begins[own + 1];
    for (std::size_t i = begins[own]; i < end; ++i)
      if (equals_lower(word, words[i])) return true;
    return false;
  }
};

// REQUIRES: words in lower case that begin with a letter and have fewer than 32 bytes.
template <typename... Words>
constexpr WordSet<sizeof...(Words)> word_set(const Words&... words) {
  using Set = WordSet<sizeof...(Words)>;
  Set out{{std::string_view(words)...}};
  std::sort(out.words.begin(), out.words.end(),
            [](std::string_view a, std::string_view b) { return Set::letter(a) < Set::letter(b); });
  for (const std::string_view word : out.words) {
    out.sizes |= out.bit(word.size());
    for (std::size_t i = Set::letter(word); i < Set::letters; ++i) ++out.begins[i + 1];
  }
  return out;
}

}  // namespace cascade::letters
