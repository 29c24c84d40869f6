// Draws a map for other programs: Graphviz, Mermaid, anything that shows SVG.
#pragma once

#include <string>

#include "page/map.h"

namespace cascade::page {

// One node for each manifest and tool, one line for each pair of them with the strongest link between the two. Bold is
// required, dotted mentioned, dashed excluded; red is a name that matches nothing.
std::string map_dot(const Registry& registry, const Map& map);
std::string map_mermaid(const Registry& registry, const Map& map);

// Columns as on the page, in a drawing that needs no script, no font and no file besides itself.
std::string map_svg(const Registry& registry, const Map& map);

// The strongest link for each pair of nodes, by (from, to); several kinds of link between two nodes are one line.
std::vector<MapLink> strongest_links(const Map& map);

}  // namespace cascade::page
