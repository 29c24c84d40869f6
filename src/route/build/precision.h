// How often what a router would load is right, on prompts that it was not taught by.
#pragma once

#include <cascade/route.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cascade::route {

// By Caution, the fewest points from which on at least the wanted share of the loads was right, of thirty loads or
// more, and never below a floor; never_loaded: from no number of points on; not_shown: fewer than thirty lead by
// enough. Linear in the prompts, each routed once.
std::array<std::int32_t, 3> precise_from(const Registry& registry, const Router& router,
                                         const std::vector<KnownPrompt>& prompts);

// Writes these points into a block of tables.
void put_load_from(std::string& block, const std::array<std::int32_t, 3>& points);

}  // namespace cascade::route
