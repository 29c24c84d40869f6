// Decoding follows table 3-7 of the Unicode standard. A sequence that breaks off counts as one ill-formed part up to
// the byte that breaks it, as in the client. ASCII is skipped 32 or 8 bytes at a time.
#include "unicode/utf8.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace cascade::unicode {
namespace {

struct Range {
  char32_t first, last;
};

// Ascending. Unicode 15.1: controls, format characters without a glyph, blank letters, tags and variation selectors.
// Left out because plain text needs them: U+FE0E and U+FE0F (text or emoji style), the visible Arabic number signs.
constexpr Range hidden_ranges[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0D},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF9, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

constexpr unsigned char byte_at(std::string_view text, std::size_t offset) noexcept {
  return static_cast<unsigned char>(text[offset]);
}

// What a lead byte announces: length (0: none), range of the second byte (table 3-7). All further bytes are 80..BF.
struct Lead {
  std::uint32_t length;
  unsigned char low, high;
};

constexpr Lead lead_of(unsigned char byte) noexcept {
  if (byte < 0xC2 || byte > 0xF4) return {0, 0, 0};
  if (byte < 0xE0) return {2, 0x80, 0xBF};
  if (byte < 0xF0) {
    return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80),
            static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
  }
  return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80),
          static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
}

// The sum of what each character counts; one of ASCII counts 1.
template <typename CountOf>
std::size_t count(std::string_view text, const CountOf& count_of) noexcept {
  std::size_t sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = skip_ascii(text, at);
    sum += end - at;
    at = end;
    while (at < text.size() && byte_at(text, at) >= 0x80) {
      const Decoded decoded = decode(text, at);
      sum += count_of(decoded.code_point);
      at += decoded.length;
    }
  }
  return sum;
}

void append_escape(std::string& out, char32_t code_point) {
  constexpr char digits[] = "0123456789ABCDEF";
  int shift = 12;
  while (code_point >> (shift + 4) != 0) shift += 4;
  out += "<U+";
  for (; shift >= 0; shift -= 4) out += digits[(code_point >> shift) & 0xF];
  out += '>';
}

}  // namespace

Decoded decode_wide(std::string_view text, std::size_t offset) noexcept {
  const unsigned char first = byte_at(text, offset);
  Lead lead = lead_of(first);
  if (lead.length == 0) return {replacement, 1, false};
  char32_t code_point = first & (0x7FU >> lead.length);
  for (std::uint32_t i = 1; i < lead.length; ++i) {
    if (offset + i >= text.size()) return {replacement, i, false};
    const unsigned char byte = byte_at(text, offset + i);
    if (byte < lead.low || byte > lead.high) return {replacement, i, false};
    code_point = code_point << 6 | (byte & 0x3FU);
    lead.low = 0x80;
    lead.high = 0xBF;
  }
  return {code_point, lead.length, true};
}

std::size_t skip_ascii(std::string_view text, std::size_t from) noexcept {
  constexpr std::size_t step = sizeof(std::uint64_t);
  const auto word_at = [text](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, step);
    return word;
  };
  const auto is_ascii = [](std::uint64_t words) { return (words & each_byte(0x80)) == 0; };
  while (from + 4 * step <= text.size() &&
         is_ascii(word_at(from) | word_at(from + step) | word_at(from + 2 * step) | word_at(from + 3 * step)))
    from += 4 * step;
  while (from + step <= text.size() && is_ascii(word_at(from))) from += step;
  // Less than a word is left: the last whole word of the text contains all of it.
  if (from + step > text.size() && text.size() >= step && is_ascii(word_at(text.size() - step)))
    return std::max(from, text.size());
  while (from < text.size() && byte_at(text, from) < 0x80) ++from;
  return from;
}

void append_wide(std::string& out, char32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = replacement;
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  constexpr char32_t leads[] = {0, 0xC0, 0xE0, 0xF0};
  const int tails = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  put(leads[tails] | code_point >> 6 * tails);
  for (int shift = 6 * tails - 6; shift >= 0; shift -= 6) put(0x80 | ((code_point >> shift) & 0x3F));
}

std::size_t count_code_points(std::string_view text) noexcept {
  return count(text, [](char32_t) { return 1U; });
}

std::uint32_t count_utf16(std::string_view text) noexcept {
  const std::uint64_t units = count(text, [](char32_t c) { return c > 0xFFFF ? 2U : 1U; });
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(units, std::numeric_limits<std::uint32_t>::max()));
}

std::size_t first_invalid(std::string_view text) noexcept {
  std::size_t at = skip_ascii(text, 0);
  while (at < text.size()) {
    const Decoded decoded = decode(text, at);
    if (!decoded.valid) break;
    at = skip_ascii(text, at + decoded.length);
  }
  return at;
}

bool is_valid(std::string_view text) noexcept { return first_invalid(text) == text.size(); }

std::string replace_invalid(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t copied = 0;
  for (std::size_t at = first_invalid(text); at < text.size(); at = copied + first_invalid(text.substr(copied))) {
    out += text.substr(copied, at - copied);
    append(out, replacement);
    copied = at + decode(text, at).length;
  }
  out += text.substr(copied);
  return out;
}

std::string displayable(std::string_view text, bool multiline) {
  std::string out;
  out.reserve(text.size());
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const unsigned char byte = byte_at(text, at);
    if ((byte >= 0x20 && byte < 0x7F) || (multiline && (byte == '\n' || byte == '\t'))) {
      ++at;
      continue;
    }
    const Decoded decoded = decode(text, at);
    if (!decoded.valid || is_hidden(decoded.code_point)) {
      out += text.substr(copied, at - copied);
      if (decoded.valid)
        append_escape(out, decoded.code_point);
      else
        append(out, replacement);
      copied = at + decoded.length;
    }
    at += decoded.length;
  }
  out += text.substr(copied);
  return out;
}

bool is_hidden(char32_t code_point) noexcept {
  for (const Range& range : hidden_ranges)
    if (code_point <= range.last) return code_point >= range.first;
  return false;
}

}  // namespace cascade::unicode
