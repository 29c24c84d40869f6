// What a description becomes in Claude Code's listing: white space folded to single blanks, then cut, then colour codes
// dropped, `<` and `>` escaped and invisible characters blanked. In this order, because the client counts before it
// escapes.
#include "listed/client_listing.h"

#include "text/space.h"
#include "unicode/utf8.h"

namespace cascade::listing {
namespace {

// Control, direction and invisible characters. A zero-width joiner stays, because emoji need it.
bool becomes_blank(char32_t c) noexcept {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200B || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

std::string folded(std::string_view text) {
  std::string out;
  bool blank = false;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    i += next.length;
    if (letters::is_white(next.code_point)) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    unicode::append(out, next.code_point);
  }
  return out;
}

// The length of a terminal's control sequence at `at` ("ESC [ 31 m"); 0 if there is none.
std::size_t control_sequence(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\x1B[") return 0;
  std::size_t end = at + 2;
  while (end < text.size() && text[end] >= 0x20 && text[end] <= 0x3F) ++end;
  return end < text.size() && text[end] >= 0x40 && text[end] <= 0x7E ? end + 1 - at : 0;
}

// Cuts the text to `limit` UTF-16 units. A cut text ends in an ellipsis, which counts.
std::string cut(const std::string& text, std::uint32_t limit) {
  if (limit == 0 || unicode::count_utf16(text) <= limit) return text;
  std::uint32_t units = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const unicode::Decoded next = unicode::decode(text, end);
    units += next.code_point > 0xFFFF ? 2 : 1;
    if (units > limit - 1) break;
    end += next.length;
  }
  return text.substr(0, end) + "\xE2\x80\xA6";
}

}  // namespace

std::string normalised(std::string_view description, std::uint32_t limit) {
  const std::string shown = cut(folded(description), limit);
  std::string out;
  for (std::size_t i = 0; i < shown.size();) {
    if (const std::size_t sequence = control_sequence(shown, i); sequence != 0) {
      i += sequence;
      continue;
    }
    const unicode::Decoded next = unicode::decode(shown, i);
    if (next.code_point == '<')
      out += "&lt;";
    else if (next.code_point == '>')
      out += "&gt;";
    else if (becomes_blank(next.code_point))
      out += ' ';
    else
      out.append(shown, i, next.length);
    i += next.length;
  }
  return out;
}

}  // namespace cascade::listing
