// Decides which of several places of a text should stay.
#pragma once

#include <cascade/registry.h>

#include <cstddef>
#include <vector>

namespace cascade::duplicates {

// Returns the place that outranks the others: the winner of its name, then the higher layer and scope, then the first.
std::size_t place_to_keep(const Registry& registry, const std::vector<ManifestId>& ids);

}  // namespace cascade::duplicates
