// Front matter as nearly everybody writes it, read without the YAML parser.
#pragma once

#include "syntax/node.h"
#include "syntax/yaml_document.h"

#include <optional>

namespace cascade::syntax {

// A block map of `key: value` lines, whose values are plain or quoted scalars on one line, or block maps and lists of
// such scalars, one level deep; without comments, blank lines, escapes, anchors, tags, flow forms or anything else that
// takes a parser. Nothing for any other text: what is given is what read_document() gives, to the last position (a
// property test and the fuzz target for YAML hold both equal). Linear.
std::optional<Node> read_plain_map(const YamlSource& source, const NodeLimits& limits);

}  // namespace cascade::syntax
