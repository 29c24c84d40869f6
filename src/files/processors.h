// How many processors this process may run on.
#pragma once

namespace cascade::files {

// At least 1. What taskset, a container or a batch system took away is not counted; the C++ library counts it.
unsigned processors() noexcept;

}  // namespace cascade::files
