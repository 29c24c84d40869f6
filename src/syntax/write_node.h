// A tree that was read, written again as JSON.
#pragma once

#include "syntax/json.h"
#include "syntax/node.h"

namespace cascade::syntax {

// Members keep their order and numbers their digits. REQUIRES: the node came from parse_json (its depth is bounded).
void write_json(JsonWriter& json, const Node& node);

}  // namespace cascade::syntax
