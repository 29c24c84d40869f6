#include "cli/memory_limit.h"

#include <sys/resource.h>

namespace cascade::cli {

std::string memory_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return {};
  return "ulimit -v " + std::to_string(limit.rlim_cur / 1024);
}

}  // namespace cascade::cli
