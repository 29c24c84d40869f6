#include "files/processors.h"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace cascade::files {

unsigned processors() noexcept {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  // Fails on machines with more processors than the set holds.
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace cascade::files
