#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

#include "files/freed_memory.h"

namespace cascade::files {

void release_pages(std::string_view mapped) noexcept {
  if (mapped.empty()) return;
  const std::uintptr_t before =
      reinterpret_cast<std::uintptr_t>(mapped.data()) % static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  ::madvise(const_cast<char*>(mapped.data()) - before, before + mapped.size(), MADV_DONTNEED);
}

}  // namespace cascade::files
