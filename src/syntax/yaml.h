// YAML of front matter and configuration, through yaml-cpp's event interface. The only header over that library.
#pragma once

#include "syntax/node.h"

#include <string_view>

namespace cascade::syntax {

// `first_line` is the line of the text's first line in its file; every position is in the file.
// Never throws and never fails: what YAML refuses goes through the client's repair (quote suspicious one-line values
// and try again, client 2.1.328) and, when that fails too, through a reader that takes each top-level key on its own.
// Every step taken is a fault. `complete` is false where the client drops all keys, and above a limit of ours (a fault
// of kind size, depth or aliases); the root then holds what could be read all the same. Plain scalars resolve by
// YAML 1.2's core schema; yes, no, on and off stay strings whose `quoted` is false. Linear in the text. yaml-cpp's own
// recursion is bounded by the depth limit.
Parsed parse_yaml(std::string_view text, std::uint32_t first_line = 1, const NodeLimits& limits = {});

}  // namespace cascade::syntax
