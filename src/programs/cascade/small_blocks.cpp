// Keeps freed blocks of up to 504 bytes for reuse instead of returning them to malloc: 32 lists, one for each size that
// malloc hands out, newest first. Nearly all of an index's 330,000 blocks are that small and short-lived, and malloc's
// own cache holds seven of a size. Every block still comes from malloc, so the program may free any of them by any way,
// and a list that is empty costs what malloc costs. A thread's lists are its own; it empties them before it ends, and
// when a large build gives memory back.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <utility>

namespace {

constexpr std::size_t step = 16, record = 8, kinds = 32;  // bytes; malloc's record takes 8 of each step's multiple

constexpr std::size_t kind_of(std::size_t size) noexcept { return (size + step - record - 1) / step; }
constexpr std::size_t size_of(std::size_t kind) noexcept { return kind * step + record; }
static_assert(size_of(kind_of(24)) == 24 && size_of(kind_of(25)) == 40 && kind_of(504) == kinds - 1);

// A link is stored with its own address mixed in, as malloc does: whoever overwrites one cannot choose where it leads.
struct FreeBlock {
  std::uintptr_t link;

  FreeBlock* next() const noexcept {
    return reinterpret_cast<FreeBlock*>(link ^ mask());  // NOLINT(performance-no-int-to-ptr)
  }
  void set_next(FreeBlock* block) noexcept { link = reinterpret_cast<std::uintptr_t>(block) ^ mask(); }

 private:
  std::uintptr_t mask() const noexcept { return reinterpret_cast<std::uintptr_t>(this) >> 12; }
};

constinit thread_local std::array<FreeBlock*, kinds> lists{};

// As the standard says: asks the new-handler for room until there is none.
[[gnu::noinline]] void* from_malloc(std::size_t size) {
  for (;;) {
    if (void* const block = std::malloc(size)) return block;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

}  // namespace

// Gives this thread's blocks to the heap (files/mapped_file.h asks).
extern "C" void cascade_free_kept_blocks() noexcept;
void cascade_free_kept_blocks() noexcept {
  for (FreeBlock*& list : lists)
    for (FreeBlock* block = std::exchange(list, nullptr); block != nullptr;)
      std::free(std::exchange(block, block->next()));
}

void* operator new(std::size_t size) {
  const std::size_t kind = kind_of(size);
  if (kind >= kinds) return from_malloc(size);
  FreeBlock* const first = lists[kind];
  if (first == nullptr) return from_malloc(size_of(kind));
  lists[kind] = first->next();
  return first;
}

void operator delete(void* block) noexcept { std::free(block); }

void operator delete(void* block, std::size_t size) noexcept {
  const std::size_t kind = kind_of(size);
  if (block == nullptr || kind >= kinds) return std::free(block);
  auto* const freed = static_cast<FreeBlock*>(block);
  freed->set_next(lists[kind]);
  lists[kind] = freed;
}
