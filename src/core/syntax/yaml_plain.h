// Reads front matter in its usual simple form, without the YAML parser.
#pragma once

#include "syntax/node.h"
#include "syntax/yaml_document.h"

#include <optional>

namespace cascade::syntax {

// Accepts a block map of `key: value` lines whose values are plain scalars, quoted scalars on one line, block scalars,
// lists of such scalars (also in brackets on one line) and nested maps (also in braces on one line, of scalars), at
// most eight levels deep; no comments, blank lines, escapes, anchors, tags or anything else that needs a parser.
// Returns nothing for any other text. The result equals that of read_document() in every position (a property test and
// the fuzz target for YAML check this). Linear.
//
// If it returns nothing and read_document() would certainly refuse the text, sets `refused` (if given) to the fault
// that would be reported: the most common slip, a ':' inside an unquoted value, after nothing but simple lines. This
// avoids the exception that yaml-cpp throws, which costs as much as a hundred manifests.
std::optional<Node> read_plain_map(const YamlSource& source, const NodeLimits& limits,
                                   std::optional<Fault>* refused = nullptr);

}  // namespace cascade::syntax
