#include "metrics/figures.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::metrics {
namespace {

std::string shown(const Windows& windows) {
  return std::to_string(windows.n) + ": " + std::to_string(windows.minimum) + " " +
         std::to_string(windows.twice_median) + "/2 " + std::to_string(windows.maximum) + " from " +
         std::to_string(windows.best);
}

TEST_CASE("a window is at every day from which it fits") {
  const Daily daily{10, {1, 0, 4, 0, 4}};
  CHECK(shown(windows_of(daily, 2)) == "4: 1 8/2 4 from 11");
  CHECK(shown(windows_of(daily, 1)) == "5: 0 2/2 4 from 12");
  CHECK(shown(windows_of(daily, 5)) == "1: 9 18/2 9 from 10");
  CHECK(shown(windows_of(daily, 90)) == "1: 9 18/2 9 from 10");
  CHECK(shown(windows_of({}, 7)) == "0: 0 0/2 0 from 0");
}

TEST_CASE("the median of an even number of windows lies between two") {
  CHECK(shown(windows_of({0, {1, 2}}, 1)) == "2: 1 3/2 2 from 1");
}

TEST_CASE("shares leave out windows in which there is nothing to share") {
  CHECK(shown(shares_of({0, {1, 0, 1}}, {0, {3, 0, 1}}, 1)) == "2: 333 1333/2 1000 from 2");
}

TEST_CASE("a window of no day is one of a day, and the first of several maxima is the best") {
  CHECK(shown(windows_of({10, {1, 0, 4, 0, 4}}, 0)) == "5: 0 2/2 4 from 12");
  CHECK(shown(windows_of({0, {0, 0}}, 1)) == "2: 0 0/2 0 from 0");
}

TEST_CASE("a share's window is never longer than what it is a share of") {
  CHECK(shown(shares_of({0, {}}, {0, {}}, 7)) == "0: 0 0/2 0 from 0");
  CHECK(shown(shares_of({0, {2, 3}}, {0, {4, 6}}, 30)) == "1: 500 1000/2 500 from 0");
}

TEST_CASE("sums of days outside are nothing") {
  const Daily daily{10, {1, 2, 3}};
  CHECK(daily.sum(0, 9) == 0);
  CHECK(daily.sum(11, 99) == 5);
  CHECK(daily.sum(-5, 10) == 1);
}

TEST_CASE("per mille are rounded, and large numbers do not overflow") {
  CHECK(per_mille(1, 3) == 333);
  CHECK(per_mille(2, 3) == 667);
  CHECK(per_mille(5, 0) == 0);
  CHECK(per_mille(std::uint64_t{1} << 62, std::uint64_t{1} << 63) == 500);
}

}  // namespace
}  // namespace cascade::metrics
