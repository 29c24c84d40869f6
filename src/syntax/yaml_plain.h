// Front matter as nearly everybody writes it, read without the YAML parser.
#pragma once

#include "syntax/node.h"
#include "syntax/yaml_document.h"

#include <optional>

namespace cascade::syntax {

// A block map of `key: value` lines, whose values are plain scalars, scalars in quotes on one line, block scalars,
// lists of such scalars (also in brackets, on one line) and further maps (also in braces, on one line, of scalars), at
// most eight levels deep; without comments, blank lines, escapes, anchors, tags or anything else that takes a parser.
// Nothing for any other text: what is given is what read_document() gives, to the last position (a property test and
// the fuzz target for YAML hold both equal). Linear.
//
// Sets `refused`, if given, where nothing is returned and read_document() surely refuses the text, to the fault that it
// has then: the commonest slip, a ':' inside a value without quotes, behind nothing but what is read here. The
// exception that yaml-cpp throws for it costs as much as a hundred manifests.
std::optional<Node> read_plain_map(const YamlSource& source, const NodeLimits& limits,
                                   std::optional<Fault>* refused = nullptr);

}  // namespace cascade::syntax
