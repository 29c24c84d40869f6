// Gathers what the map shows, for `graph` and `page`.
#pragma once

#include <cascade/workspace.h>

#include <cstdint>
#include <string>
#include <vector>

#include "cli/call.h"
#include "page/map.h"

namespace cascade::cli {

// `roots`: the manifests whose surroundings are wanted; none: the whole library. `depth`: at most so many links away.
// `towards`: also what leads to them. `budgets`: those of the ladders, as --ladder has them; none: no ladders are made.
// `use`: whether anything of them came in the last conversations.
struct MapWish {
  std::vector<Symbol> roots;
  std::vector<std::string> budgets;
  std::uint32_t depth = 0xffffffffU;
  bool towards = false, findings = false, alike = false, use = false;
};

// Error: not_found for a root, misuse for a budget; unreadable and others of reading sections.
Result<page::Map> gather_map(Call& call, Workspace& workspace, const MapWish& wish);

}  // namespace cascade::cli
