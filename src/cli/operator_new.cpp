// The program's new and delete: small blocks of the main thread come from a pool (cli/small_blocks.h), all else from
// malloc. Linked into the program only, and not where a sanitizer watches the heap.
#include "cli/small_blocks.h"

#include <cstdlib>
#include <new>

namespace {

constinit cascade::cli::SmallBlocks pool;
constinit thread_local bool is_main = false;
[[gnu::constructor]] void begin() noexcept { is_main = true; }

}  // namespace

void* operator new(std::size_t size) {
  if (is_main)
    if (void* const memory = pool.take(size); memory != nullptr) return memory;
  for (;;) {
    if (void* const memory = std::malloc(size == 0 ? 1 : size); memory != nullptr) return memory;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

void operator delete(void* memory) noexcept {
  if (!pool.has(memory)) return std::free(memory);
  if (is_main) return pool.give(memory);
  pool.give_from_elsewhere(memory);
}

// The size is not asked: what compiled without it deletes the same blocks.
void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
