#include "accepting.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <string>

namespace cascade::test {
namespace {

// An empty value removes the variable where the system has none that are empty.
void set_accept(const char* value) {
#ifdef _WIN32
  ::_putenv_s("CASCADE_TEST_ACCEPT", value);
#else
  ::setenv("CASCADE_TEST_ACCEPT", value, 1);
#endif
}

void remove_accept() {
#ifdef _WIN32
  set_accept("");
#else
  ::unsetenv("CASCADE_TEST_ACCEPT");
#endif
}

}  // namespace

TEST_CASE("records are written anew only where CASCADE_TEST_ACCEPT says something") {
  const char* const before = std::getenv("CASCADE_TEST_ACCEPT");
  const std::string was = before == nullptr ? "" : before;
  remove_accept();
  CHECK_FALSE(is_accepting());
  set_accept("");
  CHECK_FALSE(is_accepting());
  set_accept("1");
  CHECK(is_accepting());
  if (before == nullptr)
    remove_accept();
  else
    set_accept(was.c_str());
}

}  // namespace cascade::test
