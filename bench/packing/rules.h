// Rules by which other tools choose context, for comparison only. Each is given what it usually does not have: the
// closure of what it chooses (heads, requirements, a way from a root), and a cut at its tail where that exceeds a
// limit.
#pragma once

#include <cascade/budget.h>

#include <cstdint>
#include <vector>

namespace packing_bench {

// value: of the valid selection after cutting. over: the rule's own choice exceeded a limit and was cut.
struct RuleAnswer {
  std::uint64_t value = 0;
  bool over = false;
};

struct Rule {
  const char* name;
  RuleAnswer (*choose)(const cascade::PackingProblem& problem);
};

const std::vector<Rule>& rules();

}  // namespace packing_bench
