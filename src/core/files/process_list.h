// All processes that the system tells us of. For files/ only.
#pragma once

#include <cstdint>
#include <vector>

namespace cascade::files {

struct ListedProcess {
  int id = 0, parent = 0;
  std::uint64_t bytes = 0;  // of memory that is present; 0 for one of another user where the system does not say
};
std::vector<ListedProcess> all_processes();

}  // namespace cascade::files
