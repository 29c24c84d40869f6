// The number of processors this process may run on.
#pragma once

namespace cascade::files {

// At least 1. Processors that taskset, a container or a batch system took away are not counted; the C++ library counts
// them.
unsigned processors() noexcept;

}  // namespace cascade::files
