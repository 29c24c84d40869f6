// Makes one call of the system, or one allocation, of this process fail: the linker puts our functions in the place of
// the system's (--wrap, tests/CMakeLists.txt), and operator new is replaced.
#pragma once

#include <cstdint>

namespace cascade::test {

// The calls to come are counted from 1. Number `at` fails with `code` (an errno); 0: none does.
void fail_call(std::uint64_t at, int code) noexcept;
// The same for allocations, which fail as std::bad_alloc.
void fail_allocation(std::uint64_t at) noexcept;

std::uint64_t calls() noexcept;        // since fail_call()
std::uint64_t allocations() noexcept;  // since fail_allocation()

}  // namespace cascade::test
