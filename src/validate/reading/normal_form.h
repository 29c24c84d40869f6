// Names as one reads them: some systems store a letter and its accent as two characters.
#pragma once

#include <string>
#include <string_view>

namespace cascade::validation {

// Letters with the combining marks behind them as single characters, as far as there are such (Latin, Greek, Cyrillic,
// Vietnamese, kana, Hangul). Two names that look the same are the same then; marks out of order are not sorted.
std::string composed(std::string_view text);

// Composed, full-width forms as plain ones, and capitals as small letters: of ASCII, and where the small letter stands
// 32 behind the capital, of Latin-1, Greek and Cyrillic.
std::string case_folded(std::string_view text);

}  // namespace cascade::validation
