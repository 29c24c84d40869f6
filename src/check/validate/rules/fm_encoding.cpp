// FM010 and FM011: bytes that the client reads as other characters, or not at all. Only the first of each kind is
// reported, since the rest of such a file usually has the same fault.
#include "unicode/utf8.h"
#include "validate/reading/characters.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

bool begins_as_utf16(std::string_view text) {
  const std::string_view two = text.substr(0, 2);
  return two == "\xFF\xFE" || two == "\xFE\xFF";
}

std::string hex_of(char byte) {
  constexpr char digits[] = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  return {'0', 'x', digits[value >> 4], digits[value & 15]};
}

// Returns the first byte that is not part of a character, or the size of the text.
std::size_t find_invalid(std::string_view text) {
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    const unicode::Decoded decoded = unicode::decode(text, at);
    if (!decoded.valid) return at;
    at += decoded.length;
  }
  return text.size();
}

}  // namespace

void check_encoding(const Context&, const Document& document, Findings& findings) {
  const Role role = document.role();
  if (!is_json(role) && !is_read_by_model(role)) return;
  const std::string_view text = document.text();
  if (begins_as_utf16(text)) {
    findings.add("FM010", document.at_line(1), "the file is UTF-16", "save it as UTF-8");
    return;
  }
  if (text.starts_with(unicode::byte_order_mark) && (is_manifest(role) || is_json(role)))
    findings.add("FM011", document.at(0, 0), "the file begins with a byte order mark",
                 "save it as UTF-8 without the mark");
  if (const std::size_t at = find_invalid(text); at < text.size())
    findings.add("FM010", document.at(at, 1), "byte " + hex_of(text[at]) + " is not UTF-8", "save the file as UTF-8");
  if (const std::size_t at = text.find('\0'); at != std::string_view::npos)
    findings.add("FM010", document.at(at, 1), "the text holds a NUL", "remove it");
}

}  // namespace cascade::validation
