// Where a script has capitals they lie in runs: one after the other, or each before its small letter.
#include "text/letter_case.h"

#include <algorithm>
#include <functional>
#include <iterator>

#include "text/capitals.h"

namespace cascade::letters {
namespace {

bool is_capital(char32_t c) noexcept {
  if (c < 0x80) return is_upper(static_cast<char>(c));
  const CapitalRun* const run = std::ranges::lower_bound(capital_runs::all, c, {}, &CapitalRun::last);
  return run != std::end(capital_runs::all) && c >= run->first && (c - run->first) % run->step == 0;
}

// For U+00C0 to U+00FF and for U+0100 to U+017F.
constexpr std::string_view latin_1 = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
constexpr std::string_view extended_a =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuu"
    "uuwwyyyzzzzzzs";

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

static_assert(std::ranges::adjacent_find(look_alikes, std::ranges::greater_equal(), &LookAlike::other) ==
              std::end(look_alikes));

bool is_unseen(char32_t c) { return is_combining(c) || (c != '\n' && c != '\t' && unicode::is_hidden(c)); }

}  // namespace

bool has_capital(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    if (is_capital(decoded.code_point)) return true;
    at += decoded.length;
  }
  return false;
}

std::string_view plain_latin(char32_t c) noexcept {
  if (c == 0xDF) return "ss";
  if (c >= 0xC0 && c < 0x100) return latin_1[c - 0xC0] == ' ' ? std::string_view() : latin_1.substr(c - 0xC0, 1);
  return c >= 0x100 && c < 0x180 ? extended_a.substr(c - 0x100, 1) : std::string_view();
}

char looks_like_latin(char32_t c) noexcept {
  if (c < look_alikes[0].other) return '\0';
  if (c >= 0xFF21 && c <= 0xFF3A) return static_cast<char>('A' + (c - 0xFF21));
  if (c >= 0xFF41 && c <= 0xFF5A) return static_cast<char>('a' + (c - 0xFF41));
  const auto* at = std::ranges::lower_bound(look_alikes, c, {}, &LookAlike::other);
  return at != std::end(look_alikes) && at->other == c ? at->latin : '\0';
}

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

bool is_white(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    if (!is_white(decoded.code_point)) return false;
    at += decoded.length;
  }
  return true;
}

// From the end a character is found by going back over at most three bytes that continue it.
std::string_view trim_white(std::string_view text) noexcept {
  while (!text.empty()) {
    const unicode::Decoded decoded = unicode::decode(text, 0);
    if (!is_white(decoded.code_point)) break;
    text.remove_prefix(decoded.length);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    const unicode::Decoded decoded = unicode::decode(text, last);
    if (last + decoded.length != text.size() || !is_white(decoded.code_point)) break;
    text.remove_suffix(decoded.length);
  }
  return text;
}

}  // namespace cascade::letters
