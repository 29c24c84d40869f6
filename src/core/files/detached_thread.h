// A thread that nobody waits for and that has no heap of its own.
#pragma once

namespace cascade::files {

// Runs work(given) at the same time as the caller; false: no thread is available. A std::thread keeps its function on
// the heap, and to free that at its end makes a heap for the thread, at the price of some five system calls: here the
// caller keeps `given`.
bool start_detached(void* (*work)(void*), void* given) noexcept;

}  // namespace cascade::files
