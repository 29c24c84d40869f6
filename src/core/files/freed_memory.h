// Memory that the program no longer needs but the system still counts as its own.
#pragma once

#include <string_view>

namespace cascade::files {

// Gives back what the program has freed and its heap still holds, as far as whole pages of it are free.
void return_freed_memory() noexcept;

// Gives to the heap the freed blocks that the program keeps for this thread, if it keeps any. For a thread that ends.
void return_kept_blocks() noexcept;

// Gives back the pages of a mapped file. When one is next touched it is read again, usually from the system's cache.
void release_pages(std::string_view mapped) noexcept;

}  // namespace cascade::files
