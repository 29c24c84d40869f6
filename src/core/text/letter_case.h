// Capitals of all scripts, without a locale.
#pragma once

#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::letters {

struct CapitalRun {
  char32_t first, last, step;
};

// Whether a text of UTF-8 holds a character that has a lower-case form (Unicode 14.0.0).
bool has_capital(std::string_view text) noexcept;

// The small letters without accents for U+00C0 to U+017F ("ü" is "u", "ß" is "ss"); empty for all others.
std::string_view plain_latin(char32_t c) noexcept;

// A Cyrillic letter as a small one, "ё" as "е"; any other character as it is.
constexpr char32_t small_cyrillic(char32_t c) noexcept {
  constexpr char32_t small_io = 0x451, small_ie = 0x435;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) c += 0x50;
  return c == small_io ? small_ie : c;
}

// Returns the ASCII letter that a letter of another script, a full-width letter or a Latin variant (long s, i with and
// without dot) looks like, in its own case; 0: none.
char looks_like_latin(char32_t c) noexcept;

// Returns the small ASCII letter that `c` is or looks like; else `c`.
char32_t looks_like(char32_t c) noexcept;

bool is_dash(char32_t c) noexcept;  // including an underscore
bool is_slash(char32_t c) noexcept;
bool is_combining(char32_t c) noexcept;  // changes no letter visibly
bool is_less_sign(char32_t c) noexcept;  // any width of the sign that opens a tag

// A position in a text, which must outlive it; it advances while the text is as expected.
class LooseReader {
 public:
  LooseReader(std::string_view text, std::size_t at) noexcept : text_(text), at_(at) {}

  std::size_t at() const noexcept { return at_; }
  bool at_end() const noexcept { return at_ >= text_.size(); }
  char32_t peek() const noexcept { return at_end() ? 0 : unicode::decode(text_, at_).code_point; }
  void next() noexcept { at_ += at_end() ? 0 : unicode::decode(text_, at_).length; }

  template <typename Is>
  void skip(Is is) {
    while (!at_end() && is(peek())) next();
  }
  // Skips all letters of `word` (small ASCII), with only characters between them that `between` accepts.
  template <typename Is>
  bool word(std::string_view word, Is between) {
    for (const char expected : word) {
      skip(between);
      if (at_end() || looks_like(peek()) != static_cast<char32_t>(expected)) return false;
      next();
    }
    return true;
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

// Whether "system-reminder" follows, after a sign that opens a tag: with or without a slash, in any case and spacing.
bool names_system_reminder(std::string_view text, std::size_t at);

// White space as in ECMAScript's \s, which the client uses; it includes line ends.
constexpr bool is_white(char32_t c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

// White space with a visible width: all but the zero-width no-break space.
constexpr bool is_spacing(char32_t c) noexcept { return is_white(c) && c != 0xFEFF; }

// Whether the text is only white space, or empty. Ill-formed bytes are not white.
bool is_white(std::string_view text) noexcept;

std::string_view trim_white(std::string_view text) noexcept;  // at both ends

constexpr std::string_view trim_blanks_left(std::string_view text) noexcept {
  return text.substr(run_at_begin(text, is_blank).size());
}
constexpr std::string_view trim_blanks_right(std::string_view text) noexcept {
  return text.substr(0, text.size() - run_at_end(text, is_blank).size());
}
constexpr std::string_view trim_blanks(std::string_view text) noexcept {
  return trim_blanks_right(trim_blanks_left(text));
}

}  // namespace cascade::letters
