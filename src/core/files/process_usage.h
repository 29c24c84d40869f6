// What a process and all its descendants use.
#pragma once

#include <cstdint>

namespace cascade::files {

struct Usage {
  std::uint64_t processes = 0, megabytes = 0;  // of memory that is present; shared memory counts for each process
};
Usage usage_below(int process);

// Bytes that are free on the disk with this path; 0: not known.
std::uint64_t free_bytes(const char* path);

}  // namespace cascade::files
