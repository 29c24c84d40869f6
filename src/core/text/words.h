// Words of running text, by bytes and without a locale.
#pragma once

#include <cascade/result.h>

#include <algorithm>
#include <initializer_list>

#include "text/ascii.h"

namespace cascade::letters {

// Every byte beyond ASCII counts as a letter, so words of other scripts stay whole without decoding them.
constexpr bool is_word_byte(char c) noexcept { return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

// An apostrophe between two word bytes belongs to the word ("don't"), or ends it ("plugin's" is "plugin" and "s").
enum class Apostrophe : std::uint8_t { inside, between };

// Iterates over the words of a text, which must outlive it.
class WordCursor {
 public:
  explicit WordCursor(std::string_view text, Apostrophe apostrophe = Apostrophe::inside) noexcept
      : text_(text), apostrophe_(apostrophe) {}
  bool next() noexcept;  // false at the end
  std::string_view word() const noexcept { return text_.substr(begin_, end_ - begin_); }
  std::size_t begin() const noexcept { return begin_; }
  std::size_t end() const noexcept { return end_; }

 private:
  std::string_view text_;
  std::size_t begin_ = 0, end_ = 0;
  Apostrophe apostrophe_;
};

// Whether the name consists of lower-case words of ASCII letters and digits, joined by single hyphens ("pdf-tools"), as
// skills, agents and commands need it. `any_script`: whatever is not ASCII counts as a lower-case letter, too.
bool is_hyphenated(std::string_view name, bool any_script = false) noexcept;

// Turns "PDF Tools" into "pdf-tools": capitals become lower case, each run of what is neither letter nor digit becomes
// a hyphen, none stays at the ends. What is not ASCII counts as such a run. Empty if nothing is left.
std::string hyphenated(std::string_view name);

// Word patterns: `*` matches any characters, including slashes. `same`: of two others, the pattern's first.
template <typename Same>
constexpr bool matches_wildcard(std::string_view pattern, std::string_view text, const Same& same) noexcept {
  std::size_t at = 0, star = std::string_view::npos, again = 0, in = 0;
  while (in < text.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      again = in;
    } else if (at < pattern.size() && same(pattern[at], text[in])) {
      ++at, ++in;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in = ++again;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}
constexpr bool matches_wildcard(std::string_view pattern, std::string_view text) noexcept {
  return matches_wildcard(pattern, text, [](char a, char b) { return a == b; });
}

// Returns where the first of the phrases occurs in the text: phrases in lower case, the text in any case, not inside
// another word. A blank in a phrase matches any white space. npos: none. O(text * phrases).
std::size_t find_phrase(std::string_view text, Span<std::string_view> phrases) noexcept;
template <typename Phrases = std::initializer_list<std::string_view>>
std::size_t find_phrase(std::string_view text, const Phrases& phrases) noexcept {
  return find_phrase(text, Span<std::string_view>{std::data(phrases), std::size(phrases)});
}
template <typename Phrases = std::initializer_list<std::string_view>>
bool has_phrase(std::string_view text, const Phrases& phrases) noexcept {
  return find_phrase(text, phrases) != std::string_view::npos;
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
