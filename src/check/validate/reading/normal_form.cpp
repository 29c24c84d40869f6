// Names that look equal compare equal: composes a letter and its mark into one code point (NFC) and folds case,
// without a Unicode library. It knows the compositions of Latin, Greek and Cyrillic by a table, kana and Hangul by
// arithmetic; those are the scripts that file systems are known to decompose. Text in ASCII is returned at once.
#include "validate/reading/normal_form.h"

#include <algorithm>

#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::validation {
namespace {

// The voiced and half-voiced kana come one and two code points after the plain ones.
char32_t compose_kana(char32_t letter, char32_t mark) noexcept {
  const bool voiced = mark == 0x3099, half = mark == 0x309A;
  const char32_t plain = letter >= 0x30A0 ? letter - 0x60 : letter;
  const bool ka_to_to =
      (plain >= 0x304B && plain <= 0x3061 && plain % 2 == 1) || (plain >= 0x3064 && plain <= 0x3068 && plain % 2 == 0);
  const bool ha_to_ho = plain >= 0x306F && plain <= 0x307B && (plain - 0x306F) % 3 == 0;
  if (voiced && (ka_to_to || ha_to_ho)) return letter + 1;
  if (voiced && plain == 0x3046) return letter + 0x4E;
  return half && ha_to_ho ? letter + 2 : 0;
}

// Hangul: a leading consonant and a vowel, then a trailing consonant.
char32_t compose_hangul(char32_t first, char32_t second) noexcept {
  constexpr char32_t syllables = 0xAC00, leading = 0x1100, vowels = 0x1161, trailing = 0x11A7;
  if (first >= leading && first < leading + 19 && second >= vowels && second < vowels + 21)
    return syllables + ((first - leading) * 21 + (second - vowels)) * 28;
  const bool open = first >= syllables && first <= 0xD7A3 && (first - syllables) % 28 == 0;
  return open && second > trailing && second < trailing + 28 ? first + (second - trailing) : 0;
}

char32_t compose(char32_t first, char32_t second) noexcept {
  if (second >= 0x300 && second < 0x330) {
    const auto table = compositions();
    const auto found = std::lower_bound(table.begin(), table.end(), std::make_pair(first, second - 0x300),
                                        [](const Composition& entry, const std::pair<char32_t, char32_t>& wanted) {
                                          return std::make_pair(char32_t{entry.letter}, char32_t{entry.mark}) < wanted;
                                        });
    return found != table.end() && found->letter == first && found->mark == second - 0x300 ? found->whole : 0;
  }
  if (second == 0x3099 || second == 0x309A) return compose_kana(first, second);
  return compose_hangul(first, second);
}

}  // namespace

// Each mark is tried with what was composed so far, so a letter with two marks takes them one after the other. Marks
// are not sorted first as NFC would: file systems give them sorted.
std::string composed(std::string_view text) {
  if (unicode::skip_ascii(text, 0) == text.size()) return std::string(text);
  std::u32string letters;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    i += next.length;
    const char32_t whole = letters.empty() ? 0 : compose(letters.back(), next.code_point);
    if (whole != 0)
      letters.back() = whole;
    else
      letters += next.code_point;
  }
  std::string out;
  for (const char32_t letter : letters) unicode::append(out, letter);
  return out;
}

// The capitals whose small letters lie 32 code points behind them: ASCII, Latin-1, Greek, Cyrillic, full width. Others
// compare by code point.
std::string case_folded(std::string_view text) {
  if (unicode::skip_ascii(text, 0) == text.size()) return letters::to_lower(text);
  const std::string whole = composed(text);
  std::string out;
  for (std::size_t i = 0; i < whole.size();) {
    const unicode::Decoded next = unicode::decode(whole, i);
    char32_t c = next.code_point;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if ((c < 0x80 && letters::is_upper(static_cast<char>(c))) || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
        (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
      c += 32;
    unicode::append(out, c);
    i += next.length;
  }
  return out;
}

}  // namespace cascade::validation
