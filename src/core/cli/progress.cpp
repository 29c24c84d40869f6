#include "cli/progress.h"

#include <chrono>
#include <string>

namespace cascade::cli {

std::function<void(std::size_t, std::size_t)> make_progress(Console& console) {
  using Clock = std::chrono::steady_clock;
  return [&console, next = Clock::now() + std::chrono::milliseconds(300)](std::size_t done, std::size_t total) mutable {
    const Clock::time_point now = Clock::now();
    if (now < next || total == 0) return;
    next = now + std::chrono::milliseconds(50);
    console.progress("reading " + std::to_string(done) + " of " + std::to_string(total) + " manifests (" +
                     std::to_string(done * 100 / total) + " %)");
  };
}

}  // namespace cascade::cli
