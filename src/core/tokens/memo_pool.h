// Memory that counting keeps from text to text: a memo and space for pieces, for each thread.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "tokens/count_memo.h"

namespace cascade::tokens {

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

// One memo for each thread that counts at the same time, up to a limit; further threads do without. A thread gets the
// same memo again as long as few threads count.
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

}  // namespace cascade::tokens
