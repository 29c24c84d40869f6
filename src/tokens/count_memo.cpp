#include "tokens/count_memo.h"

#include <functional>
#include <new>
#include <thread>

namespace cascade::tokens {
namespace {

// A memo is a quarter of a megabyte to clear; a hook that counts one prompt does better without.
constexpr std::size_t least_text_for_new_memo = 2048;

std::size_t first_slot(std::size_t slots) noexcept {
  const std::uint64_t id = std::hash<std::thread::id>()(std::this_thread::get_id());
  return static_cast<std::size_t>((id * 0x9E3779B97F4A7C15U) >> 32) % slots;
}

}  // namespace

MemoPool::Loan::Loan(MemoPool& pool, std::size_t text_size) noexcept {
  const std::size_t first = first_slot(slot_count);
  for (std::size_t i = 0; i < slot_count; ++i) {
    Slot& slot = pool.slots_[(first + i) % slot_count];
    if (slot.lent.exchange(true, std::memory_order_acquire)) continue;
    slot_ = &slot;
    if (!slot.memo && text_size >= least_text_for_new_memo) slot.memo.reset(new (std::nothrow) Memo());
    return;
  }
}

MemoPool::Loan::~Loan() {
  if (slot_ != nullptr) slot_->lent.store(false, std::memory_order_release);
}

}  // namespace cascade::tokens
