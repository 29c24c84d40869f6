#include <unistd.h>

#include "files/process.h"

namespace cascade::files {

std::int64_t own_process() noexcept { return ::getpid(); }
std::int64_t parent_process() noexcept { return ::getppid(); }

}  // namespace cascade::files
