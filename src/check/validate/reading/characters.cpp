#include "validate/reading/characters.h"

namespace cascade::validation {
namespace {

constexpr bool within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

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

bool is_right_to_left(char32_t c) noexcept {
  return within(c, 0x0590, 0x08FF) || within(c, 0xFB1D, 0xFDFF) || within(c, 0xFE70, 0xFEFC) ||
         within(c, 0x10800, 0x10FFF);
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
