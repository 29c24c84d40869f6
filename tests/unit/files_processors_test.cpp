#include "files/process.h"

#include <catch2/catch.hpp>

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#else
#include <sched.h>
#endif

using namespace cascade;

#ifdef _WIN32
TEST_CASE("processors that were taken away are not counted") {
  DWORD_PTR before = 0, there = 0;
  REQUIRE(::GetProcessAffinityMask(::GetCurrentProcess(), &before, &there) != 0);
  REQUIRE(::SetProcessAffinityMask(::GetCurrentProcess(), before & (~before + 1)) != 0);
  CHECK(files::processors() == 1);
  REQUIRE(::SetProcessAffinityMask(::GetCurrentProcess(), before) != 0);
}
#else
TEST_CASE("processors that were taken away are not counted") {
  CHECK(files::processors() >= 1);
  cpu_set_t before, one;
  REQUIRE(::sched_getaffinity(0, sizeof(before), &before) == 0);
  CPU_ZERO(&one);
  for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i)
    if (CPU_ISSET(i, &before)) CPU_SET(i, &one);
  REQUIRE(::sched_setaffinity(0, sizeof(one), &one) == 0);
  CHECK(files::processors() == 1);
  REQUIRE(::sched_setaffinity(0, sizeof(before), &before) == 0);
  CHECK(files::processors() == static_cast<unsigned>(CPU_COUNT(&before)));
}
#endif
