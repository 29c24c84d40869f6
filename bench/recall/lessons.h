// The labelled sets of tests/corpus/memory, by who wrote them.
#pragma once

#include <string>
#include <vector>

#include "corpus/memory_set.h"

namespace cascade::bench {

struct Organisation {
  std::string writer, name;
  test::MemorySet set;

  // The organisations that are left out together: the older writers wrote little.
  std::string fold() const;
};

// Sets that nothing may be fitted to.
constexpr const char* unfitted = "unfitted";

// `root`: of the source tree. Organisations of one writer stand together.
std::vector<Organisation> read_organisations(const std::string& root);

}  // namespace cascade::bench
