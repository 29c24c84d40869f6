#include "files/mapped_file.h"

namespace cascade::files {

// The heap gives back what is free by itself, and no blocks are kept.
void return_kept_blocks() noexcept {}
void return_freed_memory() noexcept {}

}  // namespace cascade::files
