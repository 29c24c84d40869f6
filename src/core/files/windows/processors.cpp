#include "files/processors.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <thread>

#include "files/windows/sdk.h"

namespace cascade::files {

// The mask covers the 64 processors of a process's first group.
unsigned processors() noexcept {
  DWORD_PTR allowed = 0, there = 0;
  if (::GetProcessAffinityMask(::GetCurrentProcess(), &allowed, &there) != 0 && allowed != 0)
    return static_cast<unsigned>(std::popcount(static_cast<std::uint64_t>(allowed)));
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace cascade::files
