// What a prompt calls, names or rules out by name.
#pragma once

#include <cstdint>
#include <vector>

#include "route/answer/prompt.h"
#include "route/tables.h"

namespace cascade::route {

// "@name" means an agent before others, "/name" what is no agent, "the name skill" a skill.
struct Call {
  std::uint32_t entry = 0;
  bool of_kind = false;  // it is of the kind that was asked for
};

struct Mentions {
  std::vector<Call> called;              // "/name", "@name", "use the name skill": in order of the text
  std::vector<std::uint32_t> ruled_out;  // terms behind "not", "without", "instead of" that are words of names; sorted
};

Mentions find_mentions(const Tables& tables, const Prompt& prompt);

}  // namespace cascade::route
