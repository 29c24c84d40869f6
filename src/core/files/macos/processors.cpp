#include "files/processors.h"

#include <algorithm>
#include <thread>

namespace cascade::files {

unsigned processors() noexcept { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace cascade::files
