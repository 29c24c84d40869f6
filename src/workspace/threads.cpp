#include "workspace/threads.h"

#include <thread>
#include <vector>

#include "files/processors.h"

namespace cascade::workspace {

std::size_t thread_count(unsigned asked) { return asked != 0 ? asked : files::processors(); }

void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  if (count > 0) work(0);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace cascade::workspace
