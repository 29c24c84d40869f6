// Makes pieces of work on several threads and takes them in their order.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace cascade::git {

// `make(thread, piece)` is called by some thread for each piece below `pieces`, `take(piece, result)` by this one, in
// order. No more than `threads` + 1 pieces are worked on or wait, so that what waits stays small. Neither function may
// throw.
template <typename Result, typename Make, typename Take>
void make_in_order(std::size_t threads, std::size_t pieces, Make make, Take take) {
  const std::size_t lead = threads + 1;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::optional<Result>> ready(pieces);
  std::size_t next = 0, taken = 0;
  const auto work = [&](std::size_t thread) {
    while (true) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return next >= pieces || next < taken + lead; });
      if (next >= pieces) return;
      const std::size_t piece = next++;
      lock.unlock();
      Result made = make(thread, piece);
      lock.lock();
      ready[piece] = std::move(made);
      changed.notify_all();
    }
  };
  std::vector<std::thread> running;
  for (std::size_t thread = 0; thread < threads; ++thread) running.emplace_back(work, thread);
  for (std::size_t piece = 0; piece < pieces; ++piece) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ready[piece].has_value(); });
    Result result = *std::move(ready[piece]);
    ready[piece].reset();
    taken = piece + 1;
    changed.notify_all();
    lock.unlock();
    take(piece, std::move(result));
  }
  for (std::thread& thread : running) thread.join();
}

}  // namespace cascade::git
