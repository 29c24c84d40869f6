#include "validate/reading/characters.h"

namespace cascade::validation {
namespace {

constexpr bool within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

struct Lookalike {
  char32_t other;
  char latin;
};

// From the confusables of Unicode's security report, as far as they are letters of words in use.
constexpr Lookalike lookalikes[] = {
    {0x0391, 'A'}, {0x0392, 'B'}, {0x0395, 'E'}, {0x0396, 'Z'}, {0x0397, 'H'}, {0x0399, 'I'}, {0x039A, 'K'},
    {0x039C, 'M'}, {0x039D, 'N'}, {0x039F, 'O'}, {0x03A1, 'P'}, {0x03A4, 'T'}, {0x03A5, 'Y'}, {0x03A7, 'X'},
    {0x03BF, 'o'}, {0x03F3, 'j'}, {0x0405, 'S'}, {0x0406, 'I'}, {0x0408, 'J'}, {0x0410, 'A'}, {0x0412, 'B'},
    {0x0415, 'E'}, {0x041A, 'K'}, {0x041C, 'M'}, {0x041D, 'H'}, {0x041E, 'O'}, {0x0420, 'P'}, {0x0421, 'C'},
    {0x0422, 'T'}, {0x0423, 'Y'}, {0x0425, 'X'}, {0x0430, 'a'}, {0x0435, 'e'}, {0x043E, 'o'}, {0x0440, 'p'},
    {0x0441, 'c'}, {0x0443, 'y'}, {0x0445, 'x'}, {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x04BB, 'h'},
    {0x04CF, 'l'}, {0x0501, 'd'}, {0x051B, 'q'}, {0x051D, 'w'}, {0x0261, 'g'}, {0x0131, 'i'},
};

}  // namespace

bool is_direction_override(char32_t c) noexcept { return within(c, 0x202A, 0x202E) || within(c, 0x2066, 0x2069); }
bool is_direction_mark(char32_t c) noexcept { return c == 0x200E || c == 0x200F; }
bool is_zero_width(char32_t c) noexcept {
  return c == 0x200B || c == 0x180E || within(c, 0x2060, 0x2064) || c == 0xFEFF;
}
bool is_tag(char32_t c) noexcept { return within(c, 0xE0000, 0xE007F); }
bool is_variation_selector(char32_t c) noexcept { return within(c, 0xFE00, 0xFE0F); }
bool is_plane_14_selector(char32_t c) noexcept { return within(c, 0xE0100, 0xE01EF); }

bool is_pictographic(char32_t c) noexcept {
  return within(c, 0x1F000, 0x1FAFF) || within(c, 0x2190, 0x2BFF) || is_variation_selector(c) || c == 0x20E3 ||
         c == 0x3030 || c == 0x303D || c == 0x00A9 || c == 0x00AE || is_tag(c);
}

bool uses_joiners(char32_t c) noexcept {
  return within(c, 0x0600, 0x07FF) || within(c, 0x08A0, 0x0DFF) || within(c, 0x0F00, 0x109F) ||
         within(c, 0x1780, 0x18AF) || within(c, 0x1A20, 0x1AAF) || within(c, 0xA840, 0xA8FF) ||
         within(c, 0xFB50, 0xFDFF) || within(c, 0xFE70, 0xFEFC) || within(c, 0x10A00, 0x11FFF);
}

char looks_like_latin(char32_t c) noexcept {
  if (c < 0x0131 || (c > 0x051D && c < 0xFF21)) return '\0';
  for (const Lookalike& pair : lookalikes)
    if (pair.other == c) return pair.latin;
  if (within(c, 0xFF21, 0xFF3A)) return static_cast<char>('A' + (c - 0xFF21));
  if (within(c, 0xFF41, 0xFF5A)) return static_cast<char>('a' + (c - 0xFF41));
  return '\0';
}

bool is_cyrillic_or_greek(char32_t c) noexcept { return within(c, 0x0370, 0x052F); }

std::string code_point_name(char32_t c) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string hex;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const char digit = digits[(c >> shift) & 0xF];
    if (hex.empty() && digit == '0' && shift >= 16) continue;
    hex += digit;
  }
  return "U+" + hex;
}

}  // namespace cascade::validation
