// The manifests that a prompt calls or rules out by name.
#pragma once

#include <cstdint>
#include <vector>

#include "route/answer/prompt.h"
#include "route/tables.h"

namespace cascade::route {

// "@name" means an agent, "/name" anything but an agent, "the name skill" a skill.
struct Call {
  std::uint32_t entry = 0;
  bool of_kind = false;  // the entry has the kind that the prompt asks for
};

struct Mentions {
  std::vector<Call> called;              // "/name", "@name", "use the name skill": in the order of the text
  std::vector<std::uint32_t> ruled_out;  // words of names after "not", "without", "instead of"; terms, sorted
};

Mentions find_mentions(const Tables& tables, const Prompt& prompt);

}  // namespace cascade::route
