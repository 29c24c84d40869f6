// The last resort: each top-level key of a text that is not YAML, read on its own.
#pragma once

#include "syntax/yaml_document.h"

namespace cascade::syntax {

// A map of every line `key: value` at the begin of a line (letters, digits, '_', '-', '.'; or quoted) with the lines
// below that belong to it. A value in quotes or brackets, a block scalar and a block list are decoded when they are
// YAML by themselves; any other value is the rest of its line, verbatim, without white space at its ends. Every key is
// a fault of kind salvaged. All keys together stay below the limits.
Document salvage_keys(const YamlSource& source, const NodeLimits& limits);

}  // namespace cascade::syntax
