#include "unicode/loose_reader.h"

namespace cascade::unicode {
namespace {

bool is_unseen(char32_t c) { return is_combining(c) || (c != '\n' && c != '\t' && is_hidden(c)); }

}  // namespace

char32_t looks_like(char32_t c) noexcept {
  if (c >= 0xFF21 && c <= 0xFF5A) c -= 0xFEE0;  // full width
  if (c >= 'A' && c <= 'Z') return c - 'A' + 'a';
  if (c < 0x80) return c;
  constexpr struct {
    char32_t look, letter;
  } alike[] = {{0x017F, 's'}, {0x0435, 'e'}, {0x0415, 'e'}, {0x043C, 'm'}, {0x041C, 'm'}, {0x0442, 't'}, {0x0422, 't'},
               {0x0443, 'y'}, {0x0423, 'y'}, {0x0455, 's'}, {0x0405, 's'}, {0x0456, 'i'}, {0x0406, 'i'}, {0x0131, 'i'},
               {0x0130, 'i'}, {0x0501, 'd'}, {0x0578, 'n'}, {0x03B9, 'i'}, {0x0399, 'i'}, {0x0395, 'e'}, {0x039C, 'm'},
               {0x039D, 'n'}, {0x03A4, 't'}, {0x03A5, 'y'}, {0x0433, 'r'}, {0x0430, 'a'}, {0x0410, 'a'}, {0x0441, 'c'},
               {0x0421, 'c'}, {0x043E, 'o'}, {0x041E, 'o'}, {0x03BF, 'o'}, {0x043A, 'k'}, {0x041A, 'k'}, {0x04CF, 'l'},
               {0x0261, 'g'}, {0x0440, 'p'}, {0x0420, 'p'}, {0x03B1, 'a'}, {0x0391, 'a'}};
  for (const auto& pair : alike)
    if (pair.look == c) return pair.letter;
  return c;
}

bool is_blank(char32_t c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_dash(char32_t c) noexcept {
  return c == '-' || c == '_' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE58 || c == 0xFE63 ||
         c == 0xFF0D || c == 0xFF3F;
}

bool is_slash(char32_t c) noexcept { return c == '/' || c == '\\' || c == 0x2044 || c == 0x2215 || c == 0xFF0F; }
bool is_combining(char32_t c) noexcept { return c >= 0x0300 && c <= 0x036F; }
bool is_less_sign(char32_t c) noexcept { return c == '<' || c == 0xFF1C || c == 0xFE64; }

bool names_system_reminder(std::string_view text, std::size_t at) {
  LooseReader reader(text, at);
  reader.skip([](char32_t c) { return is_blank(c) || is_slash(c) || is_unseen(c); });
  if (!reader.word("system", is_unseen)) return false;
  reader.skip([](char32_t c) { return is_blank(c) || is_dash(c) || is_unseen(c); });
  return reader.word("reminder", is_unseen);
}

}  // namespace cascade::unicode
