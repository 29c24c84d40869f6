// JSON Schema, as far as schemas/*.schema.json use it.
#pragma once

#include <string>
#include <vector>

#include "syntax/node.h"

namespace cascade::test {

// Every way in which `document` is not what `schema` says, as "$.a[0].b: what". Knows type, const, enum, properties,
// required, items, minItems, minimum, maximum and $ref into $defs; an unknown keyword is a finding, so that none is
// silently skipped. Stricter than the standard in one point: a key that `properties` does not name is a finding
// (readers must accept new keys; our own documents must have no undocumented ones).
std::vector<std::string> schema_faults(const syntax::Node& schema, const syntax::Node& document);

}  // namespace cascade::test
