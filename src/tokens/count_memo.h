// Remembers the token counts of short pieces: most text is a few thousand words over and over.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "tokens/rank_memo.h"

namespace cascade::tokens {

// A piece of at most 14 bytes, zero-padded, and its length: equal keys are equal pieces. The seventh byte of `high` is
// free.
struct PieceKey {
  static constexpr std::size_t longest = 14;
  static constexpr std::ptrdiff_t readable = 16;

  std::uint64_t low = 0, high = 0;

  // REQUIRES: length in 1..14 and `readable` readable bytes at `text`.
  static PieceKey of(const char* text, std::size_t length) noexcept {
    PieceKey key;
    std::memcpy(&key.low, text, sizeof key.low);
    std::memcpy(&key.high, text + sizeof key.low, sizeof key.high);
    key.low &= kept[length].low;
    key.high &= kept[length].high;
    if constexpr (std::endian::native == std::endian::big) key.high >>= 16;
    key.high |= kept[length].length;
    return key;
  }

 private:
  struct Mask {
    std::uint64_t low, high, length;
  };
  static constexpr std::array<Mask, longest + 1> kept = [] {
    std::array<Mask, longest + 1> masks{};
    for (std::size_t length = 0; length <= longest; ++length)
      masks[length] = {first_bytes[length < 8 ? length : 8], first_bytes[length > 8 ? length - 8 : 0],
                       std::uint64_t{length} << 56};
    return masks;
  }();
};

// A piece has two places, side by side; a new one drives out the older of the two that are there. Not thread-safe.
class ShortPieceMemo {
 public:
  // 16 bytes * 2^bits. REQUIRES: bits in 2..32.
  explicit ShortPieceMemo(unsigned bits) : entries_(std::size_t{1} << bits), shift_(65 - bits) {}

  // 0: not known.
  std::uint32_t find(const PieceKey& key) const noexcept {
    const Entry* const pair = &entries_[first_place_of(key)];
    // Which of the two it is comes as it likes, so both are read: a wrong guess costs more.
    return pair[0].count_if(key) | pair[1].count_if(key);
  }

  // REQUIRES: count in 1..255, and the piece is not known.
  void store(const PieceKey& key, std::uint32_t count) noexcept {
    Entry* const pair = &entries_[first_place_of(key)];
    pair[1] = pair[0];
    pair[0] = {key.low, key.high | std::uint64_t{count} << count_shift};
  }

 private:
  static constexpr unsigned count_shift = 48;
  struct Entry {
    std::uint64_t low = 0, high = 0;  // as of the key, with the count in the seventh byte

    // 0 where it holds another piece.
    std::uint32_t count_if(const PieceKey& key) const noexcept {
      const std::uint64_t mask = std::uint64_t{0xFF} << count_shift;
      const bool same = ((low ^ key.low) | ((high ^ key.high) & ~mask)) == 0;
      return static_cast<std::uint32_t>(high >> count_shift) & (0U - same) & 0xFF;
    }
  };

  std::size_t first_place_of(const PieceKey& key) const noexcept {
    const std::uint64_t hash = key.low * 0x9E3779B97F4A7C15U ^ key.high * 0xC2B2AE3D27D4EB4FU;
    return static_cast<std::size_t>(hash >> shift_) * 2;
  }

  std::vector<Entry> entries_;
  unsigned shift_;
};

// The same for longer pieces, mostly rules and frames: "----------------", "────────". Keeps copies of them.
class LongPieceMemo {
 public:
  static constexpr std::size_t longest = 512;

  explicit LongPieceMemo(unsigned bits) : entries_(std::size_t{1} << bits) {}

  // 0: not known.
  std::uint32_t find(std::string_view piece, std::uint64_t hash) const noexcept {
    const Entry& entry = entries_[hash % entries_.size()];
    return entry.piece == piece ? entry.count : 0;
  }

  // REQUIRES: piece.size() <= longest.
  void store(std::string_view piece, std::uint64_t hash, std::uint32_t count) {
    Entry& entry = entries_[hash % entries_.size()];
    entry.piece = piece;
    entry.count = count;
  }

 private:
  struct Entry {
    std::string piece;
    std::uint32_t count = 0;
  };
  std::vector<Entry> entries_;
};

// A small one takes 20 KiB: a process that counts one bundle has more of clearing memory than of remembering. A large
// one takes half a megabyte and pays for itself from some 100 KB of text on.
struct Memo {
  enum class Size : std::uint8_t { small, large };
  explicit Memo(Size given)
      : size(given),
        short_pieces(given == Size::small ? 10 : 15),
        long_pieces(given == Size::small ? 6 : 10),
        ranks(given == Size::small ? 6 : 13) {}

  Size size;
  ShortPieceMemo short_pieces;
  LongPieceMemo long_pieces;
  RankMemo ranks;
};

}  // namespace cascade::tokens
