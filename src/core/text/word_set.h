// Fixed words that are looked up often: compared only with the words of its first letter, most fail at once by length.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <iterator>

#include "text/ascii.h"

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

// For each word of a list, one text with blanks between them: for data of a few words that are asked for rarely.
template <typename See>
constexpr void each_word(std::string_view list, const See& see) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) see(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

// Whether such a list has this word.
constexpr bool lists(std::string_view list, std::string_view word) noexcept {
  bool found = false;
  each_word(list, [&](std::string_view one) { found = found || one == word; });
  return found;
}

// Whether a word is one of a few: for lists that are searched rarely, or known only at run time.
template <typename Words = std::initializer_list<std::string_view>>
constexpr bool is_one_of(std::string_view word, const Words& words) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// The same in any case of ASCII letters; `words` are in lower case.
template <typename Words = std::initializer_list<std::string_view>>
constexpr bool is_one_of_lower(std::string_view word, const Words& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view known) { return equals_lower(word, known); });
}

}  // namespace cascade::letters
