// The client's second try (2.1.328): it quotes one-line values that look suspicious and reads the text again.
#pragma once

#include "syntax/yaml_document.h"

#include <optional>

namespace cascade::syntax {

// The client's rule, as observed: in a line `key: value` without indentation (key of letters, '_' and '-'), not ending
// with CR, an unquoted value that holds one of {}[]*&#!|>%@` or ": " is taken as a string, including white space at
// its end (which we drop). It also changes block scalar headers ("|"), so it cannot save a text with block scalars. We
// keep lists and maps in brackets as they are; the client makes strings of them and splits those later.
//
// Returns nothing if that does not help. Each value that was not YAML by itself is a fault of kind repaired (or
// depth).
std::optional<Document> read_repaired(const YamlSource& source, const NodeLimits& limits);

}  // namespace cascade::syntax
