// Near-duplicates: manifests that do the same thing under other names.
#pragma once

#include <cstdint>
#include <vector>

#include "route/counting.h"

namespace cascade::route {

// For each source the first source of its family: equal title, equal body, a name that another's ends with
// ("when-debugging-use-debugger", "debugger"), or nearly the same description.
std::vector<std::uint32_t> find_families(const Registry& registry, const std::vector<Source>& sources,
                                         const std::vector<CountedEntry>& counted);

}  // namespace cascade::route
