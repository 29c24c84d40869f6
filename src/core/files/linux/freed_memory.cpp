#include "files/freed_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

// Only a program that keeps blocks defines it (cli/small_blocks.cpp).
extern "C" [[gnu::weak]] void cascade_free_kept_blocks() noexcept;

namespace cascade::files {

void return_kept_blocks() noexcept {
  if (&cascade_free_kept_blocks != nullptr) cascade_free_kept_blocks();
}

void return_freed_memory() noexcept {
  return_kept_blocks();
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace cascade::files
