#include "files/freed_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace cascade::files {

constinit std::atomic<void (*)() noexcept> free_kept_blocks{nullptr};

void return_kept_blocks() noexcept {
  if (auto* const free_them = free_kept_blocks.load(std::memory_order_relaxed)) free_them();
}

void release_pages(std::string_view mapped) noexcept {
  if (mapped.empty()) return;
  const std::uintptr_t before =
      reinterpret_cast<std::uintptr_t>(mapped.data()) % static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  ::madvise(const_cast<char*>(mapped.data()) - before, before + mapped.size(), MADV_DONTNEED);
}

}  // namespace cascade::files
