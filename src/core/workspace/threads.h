// Distributes work over threads.
#pragma once

#include <cstddef>
#include <functional>

namespace cascade::workspace {

// `asked`, or the number of available processors if it is 0.
std::size_t thread_count(unsigned asked);

// Calls work(0) to work(count - 1), each on its own thread. The first runs on the calling thread, and so do those for
// which no thread is available. Returns when all are done. `work` must not throw.
void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace cascade::workspace
