// Phrases of English text, by bytes and without a locale.
#pragma once

#include <cascade/result.h>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "text/ascii.h"

namespace cascade::letters {

// Returns where the first of the phrases occurs in the text: phrases in lower case, the text in any case, not inside
// another word. A blank in a phrase matches any white space. npos: none. O(text * phrases).
std::size_t find_phrase(std::string_view text, Span<std::string_view> phrases) noexcept;
inline std::size_t find_phrase(std::string_view text, std::initializer_list<std::string_view> phrases) noexcept {
  return find_phrase(text, Span<std::string_view>{phrases.begin(), phrases.size()});
}
inline bool has_phrase(std::string_view text, std::initializer_list<std::string_view> phrases) noexcept {
  return find_phrase(text, phrases) != std::string_view::npos;
}
template <std::size_t n>
bool has_phrase(std::string_view text, const std::string_view (&phrases)[n]) noexcept {
  return find_phrase(text, Span<std::string_view>{phrases, n}) != std::string_view::npos;
}

template <std::size_t n>
std::size_t find_phrase(std::string_view text, const std::string_view (&phrases)[n]) noexcept {
  return find_phrase(text, Span<std::string_view>{phrases, n});
}

// Whether the phrase begins here and ends at a word's end; `length` is its length in the text.
bool begins_with_phrase(std::string_view text, std::string_view phrase, std::size_t& length) noexcept;

// Whether one of the phrases does, behind white space.
template <std::size_t n>
bool begins_with_one_of(std::string_view text, const std::string_view (&phrases)[n]) noexcept {
  std::size_t length = 0;
  text = trim(text);
  return std::any_of(phrases, phrases + n,
                     [&](std::string_view phrase) { return begins_with_phrase(text, phrase, length); });
}

}  // namespace cascade::letters
