// Writes a parsed tree as JSON again.
#pragma once

#include "syntax/json.h"
#include "syntax/node.h"

namespace cascade::syntax {

// Keeps the order of members and the digits of numbers. REQUIRES: the node came from parse_json (its depth is
// bounded).
void write_json(JsonWriter& json, const Node& node);

}  // namespace cascade::syntax
