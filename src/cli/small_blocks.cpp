// operator new and delete of the program. A run takes thousands of small blocks and gives most of them back, which
// costs a tenth of a hook's time in a general allocator; here each is the head of a list, or the next bytes of a chunk.
// Larger blocks, those of C code and over-aligned ones are malloc's.
//
// Memory of small blocks is kept for blocks of the same size until the process ends; lists and chunks belong to a
// thread, and what is given back on another thread is used there. A thread that ends leaves its lists unused.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace cascade::cli {
namespace {

constexpr std::size_t step = 16, most = 1024;  // bytes: what sizes are rounded up to, what counts as small
constexpr std::size_t chunk_size = 32 * 1024;  // and its alignment
constexpr std::size_t steps_of(std::size_t size) noexcept { return size == 0 ? 1 : (size + step - 1) / step; }

// The beginning of a chunk: how many steps the block has that begins at each step of it, for who gives back a block
// without its size.
struct Chunk {
  std::uint8_t steps_at[chunk_size / step];
};
static_assert(most / step <= UINT8_MAX && sizeof(Chunk) % step == 0);

struct Free {
  Free* next;
};

struct Blocks {
  Free* given_back[most / step + 1];  // by steps
  std::byte *next, *end;              // of the chunk, what was not given out yet
};
constinit thread_local Blocks blocks{};

// The first chunks are the program's own: an answer needs no more, and asks nobody.
constexpr std::size_t own_chunks = 4;
alignas(chunk_size) constinit std::byte own[own_chunks * chunk_size]{};

bool is_own(const void* block) noexcept {
  return reinterpret_cast<std::uintptr_t>(block) - reinterpret_cast<std::uintptr_t>(own) < sizeof own;
}

// All others, hashed by address; 0 is an empty place. When it is three quarters full there are no further chunks.
constexpr std::size_t places = 1U << 14U, most_chunks = places / 4 * 3;
constinit std::atomic<std::uintptr_t> chunks[places];
constinit std::atomic<std::size_t> chunk_count{0};

std::uintptr_t chunk_of(const void* block) noexcept {
  return reinterpret_cast<std::uintptr_t>(block) / chunk_size * chunk_size;
}

// The place of that chunk, or the empty one where it would be.
std::atomic<std::uintptr_t>& place_of(std::uintptr_t chunk) noexcept {
  for (std::size_t at = chunk / chunk_size;; ++at) {
    std::atomic<std::uintptr_t>& place = chunks[at % places];
    const std::uintptr_t there = place.load(std::memory_order_acquire);
    if (there == chunk || there == 0) return place;
  }
}

void* from_malloc(std::size_t size) {
  while (true) {
    if (void* block = std::malloc(size)) return block;
    const std::new_handler handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc();
    handler();
  }
}

// Null when there is none to be had.
std::byte* new_chunk() noexcept {
  const std::size_t before = chunk_count.fetch_add(1);
  if (before < own_chunks) return own + before * chunk_size;
  if (before >= most_chunks) return nullptr;
  void* memory = std::aligned_alloc(chunk_size, chunk_size);
  if (memory == nullptr) return nullptr;
  const std::uintptr_t chunk = chunk_of(memory);
  for (std::uintptr_t empty = 0; !place_of(chunk).compare_exchange_strong(empty, chunk); empty = 0) continue;
  return static_cast<std::byte*>(memory);
}

bool begin_chunk() noexcept {
  std::byte* chunk = new_chunk();
  if (chunk == nullptr) return false;
  blocks.next = chunk + sizeof(Chunk);
  blocks.end = chunk + chunk_size;
  return true;
}

// Where there is no chunk to be had, a block of malloc's serves as well: it joins the lists when it is given back.
[[gnu::noinline]] void* fresh(std::size_t steps) {
  const std::size_t size = steps * step;
  if (static_cast<std::size_t>(blocks.end - blocks.next) < size && !begin_chunk()) return from_malloc(size);
  std::byte* block = blocks.next;
  blocks.next += size;
  auto* chunk = reinterpret_cast<Chunk*>(chunk_of(block));  // NOLINT(performance-no-int-to-ptr)
  chunk->steps_at[reinterpret_cast<std::uintptr_t>(block) % chunk_size / step] = static_cast<std::uint8_t>(steps);
  return block;
}

void give_back(void* block, std::size_t steps) noexcept {
  auto* free = static_cast<Free*>(block);
  free->next = blocks.given_back[steps];
  blocks.given_back[steps] = free;
}

void* take(std::size_t size) {
  if (size > most) return from_malloc(size);
  const std::size_t steps = steps_of(size);
  Free* block = blocks.given_back[steps];
  if (block == nullptr) return fresh(steps);
  blocks.given_back[steps] = block->next;
  return block;
}

void give_back_sized(void* block, std::size_t size) noexcept {
  if (block == nullptr) return;
  if (size > most) return std::free(block);
  give_back(block, steps_of(size));
}

void give_back_unsized(void* block) noexcept {
  if (block == nullptr) return;
  const std::uintptr_t chunk = chunk_of(block);
  if (!is_own(block) && place_of(chunk).load(std::memory_order_acquire) != chunk) return std::free(block);
  const auto* known = reinterpret_cast<const Chunk*>(chunk);  // NOLINT(performance-no-int-to-ptr)
  give_back(block, known->steps_at[reinterpret_cast<std::uintptr_t>(block) % chunk_size / step]);
}

}  // namespace
}  // namespace cascade::cli

void* operator new(std::size_t size) { return cascade::cli::take(size); }
void operator delete(void* block) noexcept { cascade::cli::give_back_unsized(block); }
void operator delete(void* block, std::size_t size) noexcept { cascade::cli::give_back_sized(block, size); }
void operator delete[](void* block) noexcept { cascade::cli::give_back_unsized(block); }
void operator delete[](void* block, std::size_t size) noexcept { cascade::cli::give_back_sized(block, size); }
