// A thread begins its search for a free memo at a place that its id decides, so that it usually finds its own again and
// no thread waits for another. A memo costs more to set up than it saves on a few lines; it is made, and made larger,
// only once enough bytes were counted with it.
#include "tokens/count_memo.h"

#include <algorithm>
#include <functional>
#include <new>
#include <thread>
#include <utility>

namespace cascade::tokens {
namespace {

// A memo of each size pays off from this number of counted bytes.
constexpr std::size_t least_for_small = 4096, least_for_large = 64 * 1024;

std::unique_ptr<Memo> make_memo(Memo::Size size) noexcept {
  try {
    return std::make_unique<Memo>(size);
  } catch (const std::bad_alloc&) {
    return nullptr;  // counting works without
  }
}

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
    slot.counted += text_size;
    const bool large = slot.counted >= least_for_large;
    if (large && (!slot.memo || slot.memo->size == Memo::Size::small))
      slot.memo = make_memo(Memo::Size::large);
    else if (!slot.memo && slot.counted >= least_for_small)
      slot.memo = make_memo(Memo::Size::small);
    return;
  }
}

MemoPool::Loan::~Loan() {
  if (slot_ != nullptr) slot_->lent.store(false, std::memory_order_release);
}

PieceRoom MemoPool::Loan::take_room(std::size_t size) const {
  if (slot_ != nullptr && slot_->room.size >= size) return std::exchange(slot_->room, {});
  const std::size_t made = std::max(size, PieceRoom::least);
  return {std::unique_ptr<PiecePlace[]>(new PiecePlace[made]), made};  // left uninitialised
}

void MemoPool::Loan::give_back(PieceRoom room) const noexcept {
  if (slot_ != nullptr && room.size > slot_->room.size && room.size <= PieceRoom::most_kept)
    slot_->room = std::move(room);
}

}  // namespace cascade::tokens
