// Whether the tests that keep what the program says in files write these anew instead of comparing.
#pragma once

#include <cstdlib>

namespace cascade::test {

inline bool is_accepting() {
  const char* said = std::getenv("CASCADE_TEST_ACCEPT");
  return said != nullptr && *said != '\0';
}

}  // namespace cascade::test
