// Sources to one block of tables.
#pragma once

#include <string>
#include <vector>

#include "route/fields.h"
#include "route/weights.h"

namespace cascade::route {

// The block that RouterTables::open() takes. Deterministic; linear in the sources but for sorting.
std::string build_block(const Registry& registry, const std::vector<Source>& sources, const FieldWeights& fields);

}  // namespace cascade::route
