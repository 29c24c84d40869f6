#include "text/hex.h"

#include <catch2/catch.hpp>

namespace cascade::letters {
namespace {

TEST_CASE("a decimal number is read whole or not at all") {
  CHECK(decimal("30") == 30.0);
  CHECK(decimal("2.5e1") == 25.0);
  CHECK(decimal("-0.5") == -0.5);
  for (const char* none : {"", " 1", "1 ", "+1", "1,5", "1.5s", "seconds", "1e999", "0x10"}) {
    CAPTURE(none);
    CHECK_FALSE(decimal(none));
  }
}

}  // namespace
}  // namespace cascade::letters
