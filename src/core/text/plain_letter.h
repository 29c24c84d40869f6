// Single letters without capitals and accents, which people often leave out when they type.
#pragma once

#include <string_view>

namespace cascade::letters {

// The small letters without accents for U+00C0 to U+017F ("ü" is "u", "ß" is "ss"); empty for signs and for all other
// characters.
std::string_view plain_latin(char32_t c) noexcept;

// A Cyrillic letter as a small one, "ё" as "е"; any other character as it is.
constexpr char32_t small_cyrillic(char32_t c) noexcept {
  constexpr char32_t small_io = 0x451, small_ie = 0x435;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) c += 0x50;
  return c == small_io ? small_ie : c;
}

}  // namespace cascade::letters
