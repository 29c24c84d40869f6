// Goes through the text once, character by character: letters lose their case and accent, combining accents vanish,
// and each run of punctuation or white space becomes one space. Tables for the Latin letters up to U+017F and a rule
// for Cyrillic are enough, because the dictionary has no other letters with case or accents.
#include "route/folding.h"

#include "text/ascii.h"
#include "text/letter_case.h"
#include "unicode/utf8.h"

namespace cascade::route {
namespace {

bool is_combining(char32_t c) { return c >= 0x300 && c < 0x370; }

// True for the signs among punctuation that are part of words in Japanese and Chinese: the one that repeats a
// character, and their zero.
bool is_repeat(char32_t c) { return c >= 0x3005 && c <= 0x3007; }

bool is_punctuation(char32_t c) {
  return c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
         (c >= 0x3000 && c <= 0x303F && !is_repeat(c)) || (c >= 0xFE00 && c <= 0xFE0F) ||
         (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || c == 0xFFFD;
}

bool is_plain(char c) { return letters::is_lower(c) || letters::is_digit(c); }
}  // namespace

FoldedText folded(std::string_view text) {
  FoldedText out;
  const auto add = [&](std::string_view bytes, std::size_t offset) {
    out.text += bytes;
    out.offsets.resize(out.text.size(), static_cast<std::uint32_t>(offset));
  };
  add(" ", 0);
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    const char32_t c = decoded.code_point;
    const char plain = c < 0x80 ? letters::to_lower(static_cast<char>(c)) : '\0';
    if (plain != '\0' && is_plain(plain)) {
      add({&plain, 1}, at);
    } else if (const std::string_view latin = letters::plain_latin(c); !latin.empty()) {
      add(latin, at);
    } else if (c == letters::small_cyrillic(c) && !is_punctuation(c) && !is_combining(c)) {
      add(text.substr(at, decoded.length), at);
    } else if (c != letters::small_cyrillic(c)) {
      std::string letter;
      unicode::append(letter, letters::small_cyrillic(c));
      add(letter, at);
    } else if (!is_combining(c) && out.text.back() != ' ') {
      add(" ", at);
    }
    at += decoded.length;
  }
  if (out.text.back() != ' ') add(" ", text.size());
  return out;
}

}  // namespace cascade::route
