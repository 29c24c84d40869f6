// Three kinds of white space, from narrow to wide: blanks (space, tab), ASCII space (text/ascii.h), and all characters
// that Unicode and the client's regular expressions count as white.
#pragma once

#include "text/ascii.h"

#include <string_view>

namespace cascade::letters {

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
  std::size_t at = 0;
  while (at < text.size() && is_blank(text[at])) ++at;
  return text.substr(at);
}
constexpr std::string_view trim_blanks_right(std::string_view text) noexcept {
  std::size_t end = text.size();
  while (end > 0 && is_blank(text[end - 1])) --end;
  return text.substr(0, end);
}
constexpr std::string_view trim_blanks(std::string_view text) noexcept {
  return trim_blanks_right(trim_blanks_left(text));
}

}  // namespace cascade::letters
