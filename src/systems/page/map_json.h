// Writes cascade.graph/2: what `cascade graph --format json` prints, and what the page of the map is made of.
#pragma once

#include <cascade/resolve.h>

#include <string>
#include <string_view>
#include <vector>

#include "page/map.h"

namespace cascade::page {

std::string map_json(const Registry& registry, const Map& map);

// What the page of a bundle is made of: the bundle, and the way on which each of its manifests came in.

// `asked`: the words of `cascade bundle` that ask for it, but for its budget. `bundle`: a document cascade.bundle/1.
// The answer is cascade.page.bundle/1, which nothing but the page reads.
std::string bundle_json(const Registry& registry, const Resolution& resolution, const std::vector<std::string>& asked,
                        std::string_view bundle);

}  // namespace cascade::page
