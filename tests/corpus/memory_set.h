// The facts and questions of ../shared/fixtures/memory.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "recall/fact.h"

namespace cascade::test {

struct MemoryQuestion {
  std::string project, prompt;
  std::set<std::string> expect, wrong;
};

struct MemorySet {
  std::vector<recall::Fact> live;  // what no other fact supersedes
  std::vector<MemoryQuestion> questions;
};

// Nothing: the folder is not there.
std::optional<MemorySet> read_memory_set();

}  // namespace cascade::test
