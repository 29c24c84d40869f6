#include "files/freed_memory.h"

namespace cascade::files {

// The heap gives back what is free by itself.
void return_freed_memory() noexcept { return_kept_blocks(); }

}  // namespace cascade::files
