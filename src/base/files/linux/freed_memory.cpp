#include "files/freed_memory.h"

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace cascade::files {

void return_freed_memory() noexcept {
  return_kept_blocks();
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace cascade::files
