// The classes of a lexicon's items (patterns.h), computed once.
#pragma once

#include <cstdint>
#include <vector>

#include "route/patterns.h"

namespace cascade::route {

struct ItemClassesData {
  std::vector<std::uint32_t> by_item, by_anchor;
  std::vector<SignSlice> by_sign;
  std::vector<std::uint32_t> classes;
};

// `wanted`: by pattern, 1 for the phrases to look for.
ItemClassesData classify_items(const PatternTables& tables, const std::vector<std::uint8_t>& wanted);

}  // namespace cascade::route
