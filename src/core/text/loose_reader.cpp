// Reads words as a model might: through letters that only look Latin, dashes of any kind, and characters that nobody
// sees. Whoever forges a tag hides it in exactly these.
#include "text/loose_reader.h"

#include "text/ascii.h"
#include "text/look_alike.h"
#include "text/space.h"

namespace cascade::letters {
namespace {

bool is_unseen(char32_t c) { return is_combining(c) || (c != '\n' && c != '\t' && unicode::is_hidden(c)); }

}  // namespace

char32_t looks_like(char32_t c) noexcept {
  const char letter = c < 0x80 ? static_cast<char>(c) : looks_like_latin(c);
  return letter == '\0' ? c : static_cast<char32_t>(to_lower(letter));
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
  reader.skip([](char32_t c) { return is_white(c) || is_slash(c) || is_unseen(c); });
  if (!reader.word("system", is_unseen)) return false;
  reader.skip([](char32_t c) { return is_white(c) || is_dash(c) || is_unseen(c); });
  return reader.word("reminder", is_unseen);
}

}  // namespace cascade::letters
