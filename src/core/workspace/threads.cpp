#include "workspace/threads.h"

#include <exception>
#include <system_error>
#include <thread>
#include <vector>

#include "files/mapped_file.h"
#include "files/process.h"

namespace cascade::workspace {

std::size_t thread_count(unsigned asked) { return asked != 0 ? asked : files::processors(); }

void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::vector<std::thread> threads;
  threads.reserve(count);
  std::vector<std::exception_ptr> faults(count);
  const auto guarded = [&](std::size_t i) {  // an exception that leaves a thread ends the program
    try {
      work(i);
    } catch (...) {
      faults[i] = std::current_exception();
    }
  };
  const auto on_thread = [&](std::size_t i) {
    guarded(i);
    files::return_kept_blocks();
  };
  std::size_t next = 1;
  try {
    for (; next < count; ++next) threads.emplace_back([&on_thread, i = next] { on_thread(i); });
  } catch (const std::system_error&) {  // no more threads are available: this one does the rest
  }
  if (count > 0) guarded(0);
  for (; next < count; ++next) guarded(next);
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& fault : faults)
    if (fault) std::rethrow_exception(fault);
}

}  // namespace cascade::workspace
