// hash_text() hashes what a reader sees: line ends of any kind count as one, and blanks at the end of a line as none.
// Nearly all text is tidy already, which is_tidy() finds out a block at a time; only the rest is copied and trimmed.
#include "hash/content_hash.h"

#include <algorithm>

// Everything inline and static: nothing to link, no clash with another copy in the host program.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace cascade::hash {
namespace {

constexpr std::string_view blanks = " \t\v\f\r";

// Finds one line end after the other. Each kind is looked for once and remembered, so that the whole is linear.
class LineEnds {
 public:
  explicit LineEnds(std::string_view text) : text_(text) {}

  // The next one at or after `from`; the text's length if there is none.
  std::size_t next(std::size_t from) {
    if (feed_ < from || !begun_) feed_ = std::min(text_.find('\n', from), text_.size());
    if (carriage_return_ < from || !begun_) carriage_return_ = std::min(text_.find('\r', from), text_.size());
    begun_ = true;
    return std::min(feed_, carriage_return_);
  }

 private:
  std::string_view text_;
  std::size_t feed_ = 0, carriage_return_ = 0;
  bool begun_ = false;
};

// Appends `line` (no break in it) without the blanks at its end.
void append_trimmed(std::string& out, std::string_view line) {
  const std::size_t last = line.find_last_not_of(blanks);
  if (last != std::string_view::npos) out += line.substr(0, last + 1);
}

using Byte = unsigned char;

// 1 for what append_trimmed() drops, else 0; without a branch.
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
  LineEnds ends(text);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = ends.next(begin);
    append_trimmed(out, text.substr(begin, end - begin));
    if (end == text.size()) break;
    out += '\n';
    begin = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
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
