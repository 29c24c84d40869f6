// Words of English text, by bytes and without a locale.
#pragma once

#include <cascade/result.h>

#include <cstddef>
#include <initializer_list>
#include <string_view>

namespace cascade::validation {

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

// Whether the phrase begins here and ends at a word's end; `length` is its length in the text.
bool begins_with_phrase(std::string_view text, std::string_view phrase, std::size_t& length) noexcept;

// Iterates over the words of a text: letters, digits and apostrophes inside; bytes above 0x7F count as letters.
class WordCursor {
 public:
  explicit WordCursor(std::string_view text) : text_(text) {}
  bool next() noexcept;  // false at the end
  std::string_view word() const noexcept { return text_.substr(begin_, end_ - begin_); }
  std::size_t begin() const noexcept { return begin_; }
  std::size_t end() const noexcept { return end_; }

 private:
  std::string_view text_;
  std::size_t begin_ = 0, end_ = 0;
};

}  // namespace cascade::validation
