// Names as people read them: some systems store a letter and its accent as two characters.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace cascade::validation {

// A letter followed by the combining mark U+0300 + `mark` is one letter.
struct Composition {
  char16_t letter;
  unsigned char mark;
  char16_t whole;
};
std::span<const Composition> compositions() noexcept;  // by letter and mark

// Composes letters with the combining marks after them into single characters where these exist (Latin, Greek,
// Cyrillic, Vietnamese, kana, Hangul). Names that look the same are then the same; marks out of order are not sorted.
std::string composed(std::string_view text);

// Composes, turns full-width forms into plain ones, and capitals into small letters: in ASCII, and in Latin-1, Greek
// and Cyrillic where the small letter is 32 code points after the capital.
std::string case_folded(std::string_view text);

}  // namespace cascade::validation
