// Reads YAML of front matter and settings with yaml-cpp's event interface. The only header over that library.
#pragma once

#include <string_view>

#include "syntax/node.h"

namespace cascade::syntax {

// The largest honest front matter that was seen has 2 KiB; the client reads 300 kB (2.1.328).
constexpr NodeLimits front_matter_limits{.bytes = 512 << 10};

// `first_line` is the line number of the text's first line in its file; all positions are in the file. Never throws and
// never fails: text that YAML refuses goes through the client's repair (2.1.328), then through a reader that takes each
// top-level key by itself; every step is a fault. `complete` is false if the client drops all keys, or above a limit of
// ours (a fault of kind size, depth or aliases); the root then still holds what could be read. Plain scalars resolve by
// YAML 1.2's core schema; yes, no, on and off stay strings whose `quoted` is false. Linear in the text. Front matter
// above 16 KiB, and other text above a quarter of its limit, must be plain (yaml_document.h), or is read as after a
// refusal.
Parsed parse_yaml(std::string_view text, std::uint32_t first_line = 1, const NodeLimits& limits = front_matter_limits);

// Reads settings that somebody else may have written and that people wait for: YAML as it is, without second tries, at
// most 64 KiB and 4,000 values, 16 levels deep. Of text that the simple reader does not accept (yaml_document.h), at
// most 12 KiB. What is beyond is a fault of kind size; every fault but comment_cut means that the root must not be
// used.
Parsed parse_settings(std::string_view text);

}  // namespace cascade::syntax
