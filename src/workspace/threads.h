// Work for several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace cascade::workspace {

// `asked`, or as many as there are processors to run on where it is 0.
std::size_t thread_count(unsigned asked);

// Calls work(0) to work(count - 1), each on a thread, the first on this one, as is what no thread can be had for; comes
// back when all are done. Work throws nothing.
void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work);

}  // namespace cascade::workspace
