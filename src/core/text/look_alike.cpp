// A sorted table, searched by halves; full-width letters are computed, because they follow each other as ASCII's do.
#include "text/look_alike.h"

#include <algorithm>
#include <iterator>

namespace cascade::letters {
namespace {

struct LookAlike {
  char32_t other;
  char latin;
};

// From the confusables of Unicode's security report (UTS #39), as far as they are letters in use; also small letters
// that resemble a Latin one only in bold or at a glance (te, em, ghe, ka, alpha). Sorted.
constexpr LookAlike look_alikes[] = {
    {0x0130, 'I'}, {0x0131, 'i'}, {0x017F, 's'}, {0x0261, 'g'}, {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'},
    {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'}, {0x039A, 'K'}, {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'},
    {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'}, {0x03B1, 'a'}, {0x03B9, 'i'}, {0x03BF, 'o'},
    {0x03F3, 'j'}, {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'}, {0x0415, 'E'},
    {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'}, {0x0422, 'T'},
    {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0433, 'r'}, {0x0435, 'e'}, {0x043A, 'k'}, {0x043C, 'm'},
    {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0442, 't'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'},
    {0x0456, 'i'}, {0x0458, 'j'}, {0x04BB, 'h'}, {0x04CF, 'l'}, {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'},
    {0x0578, 'n'},
};

constexpr bool is_sorted() {
  for (std::size_t i = 1; i < std::size(look_alikes); ++i)
    if (look_alikes[i].other <= look_alikes[i - 1].other) return false;
  return true;
}
static_assert(is_sorted());

}  // namespace

char looks_like_latin(char32_t c) noexcept {
  if (c < look_alikes[0].other) return '\0';
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>('A' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>('a' + (c - 0xFF41));
  const auto* at = std::lower_bound(std::begin(look_alikes), std::end(look_alikes), c,
                                    [](const LookAlike& pair, char32_t wanted) { return pair.other < wanted; });
  return at != std::end(look_alikes) && at->other == c ? at->latin : '\0';
}

}  // namespace cascade::letters
