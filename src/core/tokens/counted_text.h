// A text that is counted once, to price many texts made of its parts.
//
//   const CountedText counted(counter, "# A\n\nOne.\n\nTwo.\n");
//   counted.count("", {{0, 11}}, "");   // as counter.count("# A\n\nOne.\n\n")
#pragma once

#include <cascade/tokens.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "text/byte_block.h"

namespace cascade::tokens {

// Remembers the token counts of short pieces: most text repeats a few thousand words.

constexpr unsigned all_equal = 0xFFFF;

// A piece of at most 14 bytes and its length: equal keys are equal pieces.
class PieceKey {
 public:
  static constexpr std::size_t longest = 14;
  static constexpr std::ptrdiff_t readable = 16;

  PieceKey() = default;  // of nothing, until assigned

  // A piece with its count, as stored in a memo.
  struct alignas(16) Entry {
    std::array<char, longest> piece;  // padded with zeros
    std::uint8_t count, length;       // a length of 0: empty
  };
  static_assert(sizeof(Entry) == 16);

  // REQUIRES: length in 1..14 and `readable` readable bytes at `text`.
  static PieceKey of(const char* text, std::size_t length) noexcept {
    const Shape& shape = shapes[length];
    return PieceKey((letters::load_block(text) & block_of(shape.kept)) | block_of(shape.added));
  }

  // Returns all_equal for an entry of this piece, less for any other.
  unsigned likeness_of(const Entry& entry) const noexcept {
    return static_cast<unsigned>(letters::bits_of((block_of(entry) | block_of(any_count)) == bytes_));
  }
  Entry with(std::uint8_t count) const noexcept {
    Entry entry;
    std::memcpy(&entry, &bytes_, sizeof entry);
    entry.count = count;
    return entry;
  }
  std::uint64_t hash() const noexcept {
    std::array<std::uint64_t, 2> halves;
    std::memcpy(halves.data(), &bytes_, sizeof halves);
    return (halves[0] ^ halves[1]) * 0x9E3779B97F4A7C15U;
  }

 private:
  explicit PieceKey(letters::ByteBlock bytes) noexcept : bytes_(bytes) {}

  static letters::ByteBlock block_of(const Entry& entry) noexcept {
    return letters::load_block(reinterpret_cast<const char*>(&entry));
  }

  static constexpr std::uint8_t all_bits = 0xFF;
  static constexpr Entry any_count = {{}, all_bits, 0};  // keys have all bits set in the place of the count
  struct Shape {
    Entry kept, added;
  };
  static constexpr std::array<Shape, longest + 1> shapes = [] {
    std::array<Shape, longest + 1> made{};
    for (std::uint8_t length = 0; length <= longest; ++length) {
      for (std::size_t i = 0; i < length; ++i) made[length].kept.piece[i] = '\xFF';
      made[length].added = {{}, all_bits, length};
    }
    return made;
  }();

  letters::ByteBlock bytes_;
};

// A piece has two adjacent slots; a new one replaces the older of the two entries. Not thread-safe.
class ShortPieceMemo {
 public:
  // 16 bytes * 2^bits. REQUIRES: bits in 2..32.
  explicit ShortPieceMemo(unsigned bits) : pairs_(std::size_t{1} << (bits - 1)), shift_(65 - bits) {}

  // 0: unknown.
  std::uint32_t find(const PieceKey& key) const noexcept { return find_at(place_of(key), key); }

  // The same in two steps: returns the slot of a piece and prefetches it; then what is known there.
  std::uint32_t ask(const PieceKey& key) const noexcept {
    const std::uint32_t place = place_of(key);
    __builtin_prefetch(&pairs_[place]);
    return place;
  }
  std::uint32_t find_at(std::uint32_t place, const PieceKey& key) const noexcept {
    // Which of the two matches is unpredictable, so both are compared: a wrong branch prediction would cost more.
    const Pair& pair = pairs_[place];
    const unsigned newer = key.likeness_of(pair[0]), older = key.likeness_of(pair[1]);
    return std::max(newer, older) == all_equal ? pair[older > newer].count : 0;
  }

  // REQUIRES: count in 1..255, and the piece is not stored yet.
  void store(const PieceKey& key, std::uint32_t count) noexcept {
    Pair& pair = pairs_[place_of(key)];
    pair[1] = pair[0];
    pair[0] = key.with(static_cast<std::uint8_t>(count));
  }

 private:
  struct alignas(32) Pair : std::array<PieceKey::Entry, 2> {};  // never across two cache lines

  std::uint32_t place_of(const PieceKey& key) const noexcept {
    return static_cast<std::uint32_t>(key.hash() >> shift_);
  }

  std::vector<Pair> pairs_;
  unsigned shift_;
};

// The same for longer pieces, mostly rules and frames: "----------------", "────────". Stores copies of them.
class LongPieceMemo {
 public:
  static constexpr std::size_t longest = 512;

  explicit LongPieceMemo(unsigned bits) : entries_(std::size_t{1} << bits) {}

  // 0: unknown.
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

// A small one takes 20 KiB: a process that counts one bundle would lose more by clearing memory than it gains. A large
// one takes 1.1 MB and pays off from about 100 KB of text.
struct Memo {
  enum class Size : std::uint8_t { small, large };
  explicit Memo(Size given)
      : size(given), short_pieces(given == Size::small ? 10 : 16), long_pieces(given == Size::small ? 6 : 10) {}

  Size size;
  ShortPieceMemo short_pieces;
  LongPieceMemo long_pieces;
};

// Where a piece of a text begins, and the number of tokens before it.
struct PiecePlace {
  std::uint32_t begin, tokens_before;
};

// Space for the pieces of a text, reused from text to text: fresh memory costs more than writing to it.
struct PieceRoom {
  static constexpr std::size_t least = std::size_t{1} << 13, most_kept = std::size_t{1} << 18;  // pieces

  std::unique_ptr<PiecePlace[]> places;
  std::size_t size = 0;
};

// One memo for each thread that counts at the same time, up to a limit; usually a thread gets the same one again.
class MemoPool {
 public:
  // Holds a memo until it is destroyed; get() is null if none was available.
  class Loan {
   public:
    Loan(MemoPool& pool, std::size_t text_size) noexcept;
    ~Loan();
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    Memo* get() const noexcept { return slot_ != nullptr ? slot_->memo.get() : nullptr; }

    // Space for at least `size` pieces, uninitialised; return it with any loan of the same pool.
    PieceRoom take_room(std::size_t size) const;
    void give_back(PieceRoom room) const noexcept;

   private:
    friend class MemoPool;
    struct Slot {
      std::atomic<bool> lent{false};
      std::unique_ptr<Memo> memo;  // owned by the thread that set `lent`
      std::size_t counted = 0;     // bytes so far, which decide the size of the memo
      PieceRoom room;
    };
    Slot* slot_ = nullptr;
  };

 private:
  static constexpr std::size_t slot_count = 16;
  std::array<Loan::Slot, slot_count> slots_;
};

// [begin, end) in bytes.
struct ByteRange {
  std::size_t begin = 0, end = 0;
  std::size_t size() const noexcept { return end - begin; }
};

class CountedText {
 public:
  // Both must outlive it.
  CountedText(const TokenCounter& counter, std::string_view text);
  // Counts only these ranges, which are in order and do not touch. REQUIRES: each begins where the text begins, or a
  // line that is not blank and does not begin with a slash, and ends where the text ends or such a line begins; all
  // ranges asked for later lie in one of them.
  CountedText(const TokenCounter& counter, std::string_view text, Span<const ByteRange> counted);
  ~CountedText();
  CountedText(const CountedText&) = delete;
  CountedText& operator=(const CountedText&) = delete;

  std::string_view text() const noexcept { return text_; }
  // The cost of all that was counted.
  Cost cost() const noexcept { return cost_; }
  // As counter.count() of the ranges joined in this order, with `head` (ASCII) before and `tail` after them. Ranges of
  // whole lines take O(log n) each plus the counting where they meet. REQUIRES: each range is within the text.
  Cost count(std::string_view head, Span<const ByteRange> ranges, std::string_view tail) const;

 private:
  // A character with fewer UTF-16 units than bytes: where it ends, and the total difference up to there.
  struct Shortfall {
    std::uint32_t end, total;
  };

  void count_ranges(Span<const ByteRange> counted);
  std::optional<TokenCount> tokens_of(std::string_view head, Span<const ByteRange> ranges, std::string_view tail) const;
  std::optional<TokenCount> tokens_with(std::string_view tail, std::size_t begin, std::size_t end) const;
  TokenCount tokens_in(std::string_view joint) const;
  const PiecePlace* piece_with(std::size_t at) const noexcept;
  const PiecePlace* piece_at(std::size_t at) const noexcept;
  std::uint32_t shortfall_before(std::size_t at) const noexcept;

  const TokenCounter& counter_;
  std::string_view text_;
  Cost cost_;
  PieceRoom room_;
  Span<const PiecePlace> pieces_;  // in `room_`, in order, with one more for the end
  TokenCount blank_line_tokens_ = 0;
  std::vector<Shortfall> shortfalls_;
};

}  // namespace cascade::tokens
