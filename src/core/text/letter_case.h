// Capitals of all scripts, without a locale.
#pragma once

#include <string_view>

namespace cascade::letters {

// A row of capitals.tsv.
struct CapitalRun {
  char32_t first, last, step;
};

// Whether the character has a lower-case form that is another character (Unicode 14.0.0).
bool is_capital(char32_t c) noexcept;

// Whether a text of UTF-8 holds such a character.
bool has_capital(std::string_view text) noexcept;

}  // namespace cascade::letters
