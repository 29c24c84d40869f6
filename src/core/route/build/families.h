// Near-duplicates: manifests that do the same thing under other names.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <vector>

#include "route/build/notes.h"

namespace cascade::route {

// For each source the first source of its family: equal title, a name that another's ends with
// ("when-debugging-use-debugger", "debugger"), or the same description.
std::vector<std::uint32_t> find_families(const Registry& registry, const std::vector<ManifestId>& sources,
                                         const Notes& notes);

}  // namespace cascade::route
