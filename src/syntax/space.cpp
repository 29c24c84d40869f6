#include "syntax/space.h"

#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::syntax {

bool is_client_space(char32_t c) noexcept {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool is_blank(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    if (!is_client_space(decoded.code_point)) return false;
    at += decoded.length;
  }
  return true;
}

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty()) {
    const unicode::Decoded decoded = unicode::decode(text, 0);
    if (!is_client_space(decoded.code_point)) break;
    text.remove_prefix(decoded.length);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && text.size() - last < 4 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    const unicode::Decoded decoded = unicode::decode(text, last);
    if (last + decoded.length != text.size() || !is_client_space(decoded.code_point)) break;
    text.remove_suffix(decoded.length);
  }
  return text;
}

}  // namespace cascade::syntax
