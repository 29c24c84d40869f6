#include "accepting.h"

#include <catch2/catch.hpp>

#include <string>

namespace cascade::test {

TEST_CASE("records are written anew only where CASCADE_TEST_ACCEPT says something") {
  const char* const before = std::getenv("CASCADE_TEST_ACCEPT");
  const std::string was = before == nullptr ? "" : before;
  unsetenv("CASCADE_TEST_ACCEPT");
  CHECK_FALSE(is_accepting());
  setenv("CASCADE_TEST_ACCEPT", "", 1);
  CHECK_FALSE(is_accepting());
  setenv("CASCADE_TEST_ACCEPT", "1", 1);
  CHECK(is_accepting());
  if (before == nullptr)
    unsetenv("CASCADE_TEST_ACCEPT");
  else
    setenv("CASCADE_TEST_ACCEPT", was.c_str(), 1);
}

}  // namespace cascade::test
