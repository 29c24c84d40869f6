// The gates that are part of Cascade.
#pragma once

#include <string_view>

#include "records/record.h"

namespace cascade::gate {

struct BuiltIn {
  std::string_view name;
  Rule rule;
  std::string_view known_from;  // where the counts of its rule come from, for people
};

// By name.
const std::vector<BuiltIn>& built_ins();
// Null: there is none of that name.
const BuiltIn* find_built_in(std::string_view name);

}  // namespace cascade::gate
