#include "cli/small_blocks.h"

#include <sys/mman.h>

namespace cascade::cli {

void SmallBlocks::give_from_elsewhere(void* memory) noexcept {
  auto* const block = static_cast<Block*>(memory);
  Block* first = elsewhere_.load(std::memory_order_relaxed);
  do {
    block->set_next(first);
  } while (!elsewhere_.compare_exchange_weak(first, block, std::memory_order_release, std::memory_order_relaxed));
}

// A build uses large pages from its second megabyte on, for fewer page faults. An answer never gets that far.
void* SmallBlocks::cut(std::size_t units) noexcept {
  if (elsewhere_.load(std::memory_order_relaxed) != nullptr) {
    for (Block* block = elsewhere_.exchange(nullptr, std::memory_order_acquire); block != nullptr;) {
      Block* const next = block->next();
      give(block);
      block = next;
    }
    if (freed_[units] != nullptr) return take(units * unit - head);
  }
  if (begin_ == nowhere && !reserve()) return nullptr;
  const std::size_t size = units * unit;
  if (end_ - next_ < size) return nullptr;
  auto* const block = reinterpret_cast<Block*>(next_ + head);
  constexpr std::size_t much = std::size_t{1} << 20, large_page = 2 * much;
  if (next_ - begin_ < much && next_ - begin_ + size >= much)
    ::madvise(reinterpret_cast<void*>(begin_ + large_page), reserved - large_page, MADV_HUGEPAGE);
  next_ += size;
  block->head() = units;
  return block;
}

bool SmallBlocks::reserve() noexcept {
  if (is_refused_) return false;
  void* const memory =
      ::mmap(nullptr, reserved, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  is_refused_ = memory == MAP_FAILED;
  if (is_refused_) return false;
  begin_ = reinterpret_cast<std::uintptr_t>(memory);
  next_ = begin_ + head;  // what follows a head is aligned
  end_ = begin_ + reserved;
  return true;
}

}  // namespace cascade::cli
