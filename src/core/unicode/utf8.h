// UTF-8 as the client and the tokenizer see it: each maximal ill-formed subpart is one U+FFFD (WHATWG decoding).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::unicode {

constexpr char32_t replacement = 0xFFFD;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

struct Decoded {
  char32_t code_point = 0;
  std::uint32_t length = 0;  // bytes consumed, at least 1
  bool valid = true;         // false: code_point is the replacement for an ill-formed subpart
};

// Decodes a sequence that begins with a byte above ASCII. REQUIRES: offset < text.size().
Decoded decode_wide(std::string_view text, std::size_t offset) noexcept;

// REQUIRES: offset < text.size().
inline Decoded decode(std::string_view text, std::size_t offset) noexcept {
  const auto first = static_cast<unsigned char>(text[offset]);
  return first < 0x80 ? Decoded{first, 1, true} : decode_wide(text, offset);
}

// Returns the offset of the first byte at or after `from` that is not ASCII, or the end.
std::size_t skip_ascii(std::string_view text, std::size_t from) noexcept;

void append_wide(std::string& out, char32_t code_point);  // not ASCII
inline void append(std::string& out, char32_t code_point) {
  code_point < 0x80 ? out.push_back(static_cast<char>(code_point)) : append_wide(out, code_point);
}

std::size_t count_code_points(std::string_view text) noexcept;
std::uint32_t count_utf16(std::string_view text) noexcept;  // code units
bool is_valid(std::string_view text) noexcept;
std::size_t first_invalid(std::string_view text) noexcept;  // its offset, or the end
std::string replace_invalid(std::string_view text);         // well-formed UTF-8

// Makes text safe to print: control characters, bidirectional controls, zero-width and tag characters become
// "<U+202E>"; ill-formed bytes become U+FFFD. Line feeds and tabs stay if `multiline`.
std::string displayable(std::string_view text, bool multiline = false);

bool is_hidden(char32_t code_point) noexcept;

// Eight bytes of a text as one number.
constexpr std::uint64_t each_byte(unsigned char c) noexcept { return 0x0101010101010101ULL * c; }

// Sets the upper bit of each byte that is zero, exact in every byte; all other bits are 0.
constexpr std::uint64_t zero_bytes(std::uint64_t word) noexcept {
  return ~(((word & each_byte(0x7F)) + each_byte(0x7F)) | word | each_byte(0x7F));
}

}  // namespace cascade::unicode
