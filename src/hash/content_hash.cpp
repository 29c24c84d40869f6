#include "hash/content_hash.h"

// Everything inline and static: nothing to link, no clash with another copy in the host program.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace cascade::hash {
namespace {

constexpr std::string_view blanks = " \t\v\f\r";

// find_first_of is a library call for every byte.
std::size_t find_line_end(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || text[i] == '\r') return i;
  return std::string_view::npos;
}

// Appends `line` (no break in it) without the blanks at its end.
void append_trimmed(std::string& out, std::string_view line) {
  const std::size_t last = line.find_last_not_of(blanks);
  if (last != std::string_view::npos) out += line.substr(0, last + 1);
}

// The text as hash_text() sees it: one LF between lines, no blanks before it, none at the end.
std::string visible_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = find_line_end(text);
    append_trimmed(out, text.substr(0, end));
    if (end == std::string_view::npos) break;
    out += '\n';
    text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

}  // namespace

std::uint64_t hash64(std::string_view bytes) noexcept { return XXH3_64bits(bytes.data(), bytes.size()); }

Hash128 hash128(std::string_view bytes) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::uint64_t hash_text(std::string_view text) {
  const std::uint64_t hash = hash64(visible_text(text));
  return hash == 0 ? 1 : hash;
}

std::string to_hex(std::uint64_t value) {
  std::string out(16, '0');
  for (auto digit = out.rbegin(); value != 0; ++digit, value >>= 4) *digit = "0123456789abcdef"[value & 0xF];
  return out;
}

}  // namespace cascade::hash
