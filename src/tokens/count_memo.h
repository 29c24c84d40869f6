// Remembers the token counts of short pieces: most text is a few thousand words over and over.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::tokens {

// A piece of at most 14 bytes, zero-padded, and its length: equal keys are equal pieces.
struct PieceKey {
  static constexpr std::size_t longest = 14;
  static constexpr std::ptrdiff_t readable = 16;

  std::uint64_t low = 0, high = 0;

  // REQUIRES: length in 1..14 and `readable` readable bytes at `text`.
  static PieceKey of(const char* text, std::size_t length) noexcept {
    PieceKey key;
    std::memcpy(&key.low, text, sizeof key.low);
    std::memcpy(&key.high, text + sizeof key.low, sizeof key.high);
    if constexpr (std::endian::native == std::endian::little) {
      const std::size_t bits = 8 * length;
      key.low &= length < 8 ? (std::uint64_t{1} << bits) - 1 : ~std::uint64_t{0};
      key.high &= length > 8 ? (std::uint64_t{1} << (bits - 64)) - 1 : 0;
    } else {
      const std::size_t bits = 128 - 8 * length;
      key.low &= length < 8 ? ~std::uint64_t{0} << (bits - 64) : ~std::uint64_t{0};
      key.high = length > 8 ? key.high & ~std::uint64_t{0} << bits : 0;
      key.high = key.high >> 16;
    }
    key.high |= std::uint64_t{length} << 56;
    return key;
  }
};

// Direct-mapped: a new piece replaces the old one in its place. Not thread-safe.
class ShortPieceMemo {
 public:
  // 16 bytes * 2^bits. REQUIRES: bits in 1..32.
  explicit ShortPieceMemo(unsigned bits) : entries_(std::size_t{1} << bits), shift_(64 - bits) {}

  // 0: not known.
  std::uint32_t find(const PieceKey& key) const noexcept {
    const Entry& entry = entries_[place_of(key)];
    return entry.low == key.low && (entry.high & ~count_mask) == key.high ? (entry.high & count_mask) >> count_shift
                                                                          : 0;
  }

  // REQUIRES: count in 1..255.
  void store(const PieceKey& key, std::uint32_t count) noexcept {
    entries_[place_of(key)] = {key.low, key.high | std::uint64_t{count} << count_shift};
  }

 private:
  struct Entry {
    std::uint64_t low = 0, high = 0;  // as of the key, with the count in the seventh byte
  };
  static constexpr unsigned count_shift = 48;
  static constexpr std::uint64_t count_mask = std::uint64_t{0xFF} << count_shift;

  std::size_t place_of(const PieceKey& key) const noexcept {
    return static_cast<std::size_t>((key.low * 0x9E3779B97F4A7C15U ^ key.high * 0xC2B2AE3D27D4EB4FU) >> shift_);
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
      : size(given), short_pieces(given == Size::small ? 10 : 15), long_pieces(given == Size::small ? 6 : 10) {}

  Size size;
  ShortPieceMemo short_pieces;
  LongPieceMemo long_pieces;
};

// One memo for each thread that counts at the same time, up to a number; more threads do without. A thread finds the
// memo that it used before as long as few threads count.
class MemoPool {
 public:
  // Holds a memo until it is destroyed; get() is null when there is none to have.
  class Loan {
   public:
    Loan(MemoPool& pool, std::size_t text_size) noexcept;
    ~Loan();
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Memo* get() const noexcept { return slot_ != nullptr ? slot_->memo.get() : nullptr; }

   private:
    friend class MemoPool;
    struct Slot {
      std::atomic<bool> lent{false};
      std::unique_ptr<Memo> memo;  // owned by whoever set `lent`
      std::size_t counted = 0;     // bytes so far, for the size of the memo
    };
    Slot* slot_ = nullptr;
  };

 private:
  static constexpr std::size_t slot_count = 16;
  std::array<Loan::Slot, slot_count> slots_;
};

}  // namespace cascade::tokens
