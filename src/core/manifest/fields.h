// Front matter as flat entries, and look-ups in its tree as the client does them.
#pragma once

#include <cascade/manifest.h>

#include "syntax/node.h"

#include <string_view>
#include <vector>

namespace cascade::manifest {

// Every entry of the map `root`: nested keys joined by dots, an element of a list that is itself a map under the
// element's index from 0 ("hooks.Stop.0.timeout"). Of equal keys the last counts. Keys longer than 256 bytes in all are
// left out. Linear in the tree.
std::vector<Field> flatten(const syntax::Node& root, std::string_view path);

// A scalar's text without white space around it; empty for null, a list, a map or a missing node.
std::string_view scalar_text(const syntax::Node* value);

Location location_of(std::string_view path, const syntax::Node& value);

}  // namespace cascade::manifest
