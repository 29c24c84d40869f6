// The client's second try (2.1.328): it quotes one-line values that look suspicious and reads the whole again.
#pragma once

#include "syntax/yaml_document.h"

#include <optional>
#include <string>

namespace cascade::syntax {

// The client's rule, observed: a line `key: value` at the begin of a line (letters, '_' and '-'), not ending with CR,
// whose value holds one of {}[]*&#!|>%@` or ": " and is not within quotes, is taken as a string, white space behind it
// included (we drop that). It changes block scalar headers ("|") too, so a text with block scalars cannot be saved this
// way. We keep lists and maps in brackets as what they are; the client makes strings of them and splits those later.
//
// Empty when that does not help. Each value that was not YAML by itself is a fault of kind repaired (or depth).
std::optional<Document> read_repaired(const YamlSource& source, const NodeLimits& limits);

}  // namespace cascade::syntax
