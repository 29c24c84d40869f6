// Remembers the ranks of short byte strings: merging looks up the same pairs in word after word, and each look-up in
// the table takes three reads from distant places.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "tokens/vocabulary.h"

namespace cascade::tokens {

// For 0 to 8 bytes: the mask of a number's first bytes in memory.
constexpr std::array<std::uint64_t, 9> first_bytes = [] {
  std::array<std::uint64_t, 9> masks{};
  for (unsigned bytes = 1; bytes < 9; ++bytes) {
    const unsigned byte = std::endian::native == std::endian::little ? bytes - 1 : 8 - bytes;
    masks[bytes] = masks[bytes - 1] | std::uint64_t{0xFF} << (8 * byte);
  }
  return masks;
}();

// Direct-mapped; also remembers strings that are not tokens. Not thread-safe.
class RankMemo {
 public:
  static constexpr std::size_t longest = 7, readable = 8;

  // 16 bytes * 2^bits. REQUIRES: bits in 1..32.
  explicit RankMemo(unsigned bits) : entries_(std::size_t{1} << bits), shift_(64 - bits) {}

  // As vocabulary.find(). REQUIRES: bytes.size() in 1..7 and `readable` readable bytes at bytes.data().
  Rank find(const Vocabulary& vocabulary, std::string_view bytes) noexcept {
    std::uint64_t key;
    std::memcpy(&key, bytes.data(), sizeof key);
    key &= first_bytes[bytes.size()];
    if constexpr (std::endian::native == std::endian::big) key >>= 8;
    key |= std::uint64_t{bytes.size()} << 56;
    Entry& entry = entries_[static_cast<std::size_t>(key * 0x9E3779B97F4A7C15U >> shift_)];
    if (entry.key != key) entry = {key, vocabulary.find(bytes)};
    return entry.rank;
  }

 private:
  struct Entry {
    std::uint64_t key = 0;  // 0: empty
    Rank rank = 0;
  };
  std::vector<Entry> entries_;
  unsigned shift_;
};

}  // namespace cascade::tokens
