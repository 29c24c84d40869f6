#include "cli/heap.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace cascade::cli {

#if defined(__GLIBC__) && defined(MADV_HUGEPAGE)

namespace {

// Slightly more than the heap has free. Then malloc's own record after the block is below the first large page. If it
// touched that page before the advice, the kernel would use small pages there, which costs 512 page faults.
std::size_t more_than_is_free() noexcept {
#if __GLIBC_PREREQ(2, 33)
  return ::mallinfo2().fordblks;
#else
  return 2u << 20;
#endif
}

}  // namespace

void expect_much_memory() noexcept {
  constexpr std::uintptr_t step = 64u << 20, large_page = 2u << 20;
  ::mallopt(M_MMAP_THRESHOLD, static_cast<int>(step));
  ::mallopt(M_TRIM_THRESHOLD, static_cast<int>(4 * step));
  ::mallopt(M_TOP_PAD, static_cast<int>(step));
  const auto before = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  void* volatile taken = std::malloc(more_than_is_free());  // the heap grows by a step
  std::free(taken);
  const auto after = reinterpret_cast<std::uintptr_t>(::sbrk(0));
  const std::uintptr_t begin = (before + large_page - 1) / large_page * large_page;
  if (after > begin + large_page)
    ::madvise(reinterpret_cast<void*>(begin), after - begin, MADV_HUGEPAGE);  // NOLINT(performance-no-int-to-ptr)
}

#else

void expect_much_memory() noexcept {}

#endif

}  // namespace cascade::cli
