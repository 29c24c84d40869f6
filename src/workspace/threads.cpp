#include "workspace/threads.h"

#include <system_error>
#include <thread>
#include <vector>

#include "files/processors.h"

namespace cascade::workspace {

std::size_t thread_count(unsigned asked) { return asked != 0 ? asked : files::processors(); }

void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  threads.reserve(count);
  std::size_t next = 1;
  try {
    for (; next < count; ++next) threads.emplace_back([&work, i = next] { work(i); });
  } catch (const std::system_error&) {  // no more threads to be had: what is left is done on this one
  }
  if (count > 0) work(0);
  for (; next < count; ++next) work(next);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace cascade::workspace
