// Writes cascade.graph/2: what `cascade graph --format json` prints, and what the page of the map is made of.
#pragma once

#include <string>

#include "page/map.h"

namespace cascade::page {

std::string map_json(const Registry& registry, const Map& map);

}  // namespace cascade::page
