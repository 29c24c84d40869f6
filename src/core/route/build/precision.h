// Measures how often a router's loads are right, on prompts that it was not taught with.
#pragma once

#include <cascade/route.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace cascade::route {

// By Caution: the fewest points at and above which at least the wanted share of the loads was right, among thirty loads
// or more, and never below a floor. never_loaded: no number of points is enough; not_shown: fewer than thirty loads
// lead by enough. Each prompt is routed once.
std::array<std::int32_t, 3> precise_from(const Registry& registry, const Router& router,
                                         const std::vector<KnownPrompt>& prompts);

// Writes these points into a block of tables.
void put_load_from(std::string& block, const std::array<std::int32_t, 3>& points);

}  // namespace cascade::route
