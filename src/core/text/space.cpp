// Unicode's white space at the ends of a text. From the end a character is found by going back over at most three bytes
// that continue it, so trimming takes no longer than what it removes.
#include "text/space.h"

#include "unicode/utf8.h"

namespace cascade::letters {

bool is_white(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    if (!is_white(decoded.code_point)) return false;
    at += decoded.length;
  }
  return true;
}

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
