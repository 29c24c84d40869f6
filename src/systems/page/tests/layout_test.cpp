#include <catch2/catch.hpp>

#include "page/map.h"

namespace cascade::page {
namespace {

using Rows = std::vector<std::uint32_t>;

TEST_CASE("nodes are put beside what they are linked with") {
  // Two columns of three; the links cross, and need not.
  CHECK(rows_of({0, 0, 0, 1, 1, 1}, {{0, 5}, {1, 4}, {2, 3}}) == Rows{2, 1, 0, 0, 1, 2});
}

TEST_CASE("nodes without links go to the end and keep their order") {
  CHECK(rows_of({0, 0, 0, 1}, {{2, 3}}) == Rows{1, 2, 0, 0});
  CHECK(rows_of({0, 0, 1}, {}) == Rows{0, 1, 0});
}

TEST_CASE("links within a column, empty columns and no nodes at all are layouts, too") {
  CHECK(rows_of({0, 0, 4}, {{0, 1}, {0, 0}}) == Rows{0, 1, 0});
  CHECK(rows_of({}, {}).empty());
}

}  // namespace
}  // namespace cascade::page
