// Prepares the heap for a large amount of memory.
#pragma once

namespace cascade::cli {

// From now on the heap grows in large steps, uses large pages and returns nothing. A build touches some 20 MB once, and
// each small page would cost a trip to the kernel. Does nothing where the system does not support this, or when called
// again.
void expect_much_memory() noexcept;

}  // namespace cascade::cli
