// hash_text() hashes what a reader sees: line ends of any kind count as one, and blanks at the end of a line as none.
// Nearly all text is tidy already, which is_tidy() finds out a block at a time; only the rest is copied and trimmed.
#include "hash/content_hash.h"

// Everything inline and static: nothing to link, no clash with another copy in the host program.
#define XXH_INLINE_ALL
#include <xxhash.h>
#include <algorithm>

namespace cascade::hash {
namespace {

using Byte = unsigned char;

// 1 for what is dropped at the end of a line, else 0; without a branch.
Byte is_blank(Byte c) noexcept {
  const auto control = static_cast<Byte>(static_cast<Byte>(c - '\t') < 5);  // TAB, LF, VT, FF, CR
  return static_cast<Byte>((c == ' ') | (control & (c != '\n')));
}

// 1 when one of `count` bytes is a CR, or a blank or control character before an LF, else 0: what is called untidy
// without need is only read again. Reads one byte more. Of bytes alone, so that compilers make vector instructions of
// it: a block at a time instead of a search a line.
Byte untidy_block(const Byte* bytes, std::size_t count) noexcept {
  Byte found = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto low = static_cast<Byte>((bytes[i] <= ' ') & (bytes[i] != '\n'));
    found = static_cast<Byte>(found | (bytes[i] == '\r') | ((bytes[i + 1] == '\n') & low));
  }
  return found;
}

// True only when each line end is an LF with no blank before it, and the end has none either.
bool is_tidy(std::string_view text) noexcept {
  constexpr std::size_t block = 256;
  if (text.empty()) return true;
  const auto* bytes = reinterpret_cast<const Byte*>(text.data());
  std::size_t left = text.size() - 1;  // bytes that another one follows
  for (; left >= block; left -= block, bytes += block)
    if (untidy_block(bytes, block) != 0) return false;
  return (untidy_block(bytes, left) | is_blank(bytes[left])) == 0;
}

// The text as hash_text() sees it: one LF between lines, no blanks before it, none at the end.
std::string visible_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    out.append(text.substr(0, end));
    text.remove_prefix(end);
    if (text.empty()) break;
    out.erase(out.find_last_not_of(" \t\v\f") + 1);
    out += '\n';
    text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
  }
  out.erase(out.find_last_not_of(" \t\v\f\n") + 1);
  return out;
}

}  // namespace

std::uint64_t hash64(std::string_view bytes) noexcept { return XXH3_64bits(bytes.data(), bytes.size()); }

Hash128 hash128(std::string_view bytes) noexcept {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::uint64_t hash_text(std::string_view text) {
  if (is_tidy(text)) return hash_tidy_text(text);
  const std::uint64_t hash = hash64(visible_text(text));
  return hash == 0 ? 1 : hash;
}

std::uint64_t hash_tidy_text(std::string_view text) noexcept {
  while (!text.empty() && (text.back() == '\n' || is_blank(static_cast<Byte>(text.back())) != 0)) text.remove_suffix(1);
  const std::uint64_t hash = hash64(text);
  return hash == 0 ? 1 : hash;
}

std::string to_hex(std::uint64_t value) {
  std::string out(16, '0');
  for (auto digit = out.rbegin(); value != 0; ++digit, value >>= 4) *digit = "0123456789abcdef"[value & 0xF];
  return out;
}

}  // namespace cascade::hash
