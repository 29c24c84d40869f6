// Makes one call of the system, or one allocation, of this process fail: the linker puts our functions in the place of
// the system's (--wrap, tests/CMakeLists.txt), and operator new is replaced.
#pragma once

#include <cstdint>

namespace cascade::test {

// The calls to come are counted from 1. Number `at` fails with `code` (an errno); 0: none does.
void fail_call(std::uint64_t at, int code) noexcept;
// The disk is full from call `at` on, until fail_call(): no file can be made any more, the first write takes half of
// its bytes, later ones none.
void fill_disk(std::uint64_t at) noexcept;
// The same as fail_call() for allocations, which fail as std::bad_alloc.
void fail_allocation(std::uint64_t at) noexcept;

std::uint64_t calls() noexcept;        // since fail_call()
std::uint64_t allocations() noexcept;  // since fail_allocation()

}  // namespace cascade::test
