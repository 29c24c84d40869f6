#include "workspace/load.h"

#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <atomic>

using namespace cascade;

namespace {

// Whether each of `count` pieces of work was done, and once.
bool all_done_once(std::size_t count) {
  std::array<std::atomic<int>, 64> done{};
  workspace::run_on_threads(count, [&](std::size_t i) { ++done[i]; });
  for (std::size_t i = 0; i < done.size(); ++i)
    if (done[i] != (i < count ? 1 : 0)) return false;
  return true;
}

}  // namespace

TEST_CASE("all work is done once, on however many threads") {
  for (const std::size_t count : {0, 1, 2, 3, 17, 64}) CHECK(all_done_once(count));
  CHECK(workspace::thread_count(5) == 5);
  CHECK(workspace::thread_count(0) >= 1);
}

TEST_CASE("where no thread is to be had, one does all the work") {
  constexpr uid_t nobody = 65'534;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {  // the limit does not hold for root
    const rlimit none{0, 0};
    const bool limited = (::geteuid() != 0 || ::setuid(nobody) == 0) && ::setrlimit(RLIMIT_NPROC, &none) == 0;
    ::_exit(!limited ? 2 : all_done_once(8) ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 2) {
    WARN("skipped: the number of threads cannot be limited here");
    return;
  }
  CHECK(WEXITSTATUS(status) == 0);
}
