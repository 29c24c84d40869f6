// How the program takes memory when it is about to need much of it.
#pragma once

namespace cascade::cli {

// From here on the heap grows in large steps, of large pages, and gives nothing back: a build touches some 20 MB once,
// and each small page of them costs a trip to the kernel. Where that cannot be had, nothing changes. Calling it again
// does nothing.
void expect_much_memory() noexcept;

}  // namespace cascade::cli
