#include "text/plain_letter.h"

namespace cascade::letters {
namespace {

// For U+00C0 to U+00FF and for U+0100 to U+017F.
constexpr std::string_view latin_1 = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
constexpr std::string_view extended_a =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuu"
    "uuwwyyyzzzzzzs";

}  // namespace

std::string_view plain_latin(char32_t c) noexcept {
  if (c == 0xDF) return "ss";
  if (c >= 0xC0 && c < 0x100) return latin_1[c - 0xC0] == ' ' ? std::string_view() : latin_1.substr(c - 0xC0, 1);
  return c >= 0x100 && c < 0x180 ? extended_a.substr(c - 0x100, 1) : std::string_view();
}

}  // namespace cascade::letters
