// The last resort: reads each top-level key of a text that is not YAML by itself.
#pragma once

#include "syntax/yaml_document.h"

#include <cstdint>

namespace cascade::syntax {

// Returns a map of every unindented line `key: value` (letters, digits, '_', '-', '.'; or quoted) with the lines that
// belong to it. A quoted or bracketed value, a block scalar and a block list are decoded if they are YAML by
// themselves; any other value is the rest of its line, verbatim, without surrounding white space. Every key is a fault
// of kind salvaged. All keys together stay below the limits.
enum class Decodes : std::uint8_t { values, nothing };  // nothing: every value verbatim, for text that is too large
Document salvage_keys(const YamlSource& source, const NodeLimits& limits, Decodes decodes = Decodes::values);

}  // namespace cascade::syntax
