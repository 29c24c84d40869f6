#include <catch2/catch.hpp>

#include "client/models.h"

using cascade::client::is_before;

TEST_CASE("versions are compared number by number, and an unknown one is the newest") {
  CHECK(is_before("2.1.328", "2.1.332"));
  CHECK(is_before("2.0.999", "2.1.0"));
  CHECK(is_before("2.1.99", "2.1.100"));
  CHECK(is_before("1.9.9 (Claude Code)", "2.1.332"));
  CHECK_FALSE(is_before("2.1.332", "2.1.332"));
  CHECK_FALSE(is_before("2.1.332-beta", "2.1.332"));
  CHECK_FALSE(is_before("3.0.0", "2.1.332"));
  for (const char* unknown : {"", "2", "2.1", "newest", "v2.1.1", "99999999999999999999.1.1"})
    CHECK_FALSE(is_before(unknown, "2.1.332"));
}
