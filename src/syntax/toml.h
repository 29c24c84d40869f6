// TOML, as far as clients write agents and commands in it: tables, strings of all four kinds, numbers, booleans, dates,
// lists. Written here because a manifest's body is a string of the file, and its sections need their places in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/node.h"

namespace cascade::syntax {

// `texts`: the strings of top-level keys, as bytes of the file between their quotes, without a line end behind opening
// ones. What is escaped stands there as it is written.
struct Toml {
  struct Text {
    std::string key;
    std::size_t begin = 0, end = 0;
  };
  Parsed parsed;
  std::vector<Text> texts;
};

// Dotted keys and table headers become maps within maps; of [[lists of tables]] each header adds a map to a list. A
// line that cannot be read is a fault of kind syntax, and reading goes on with the next one. Linear.
Toml read_toml(std::string_view text, const NodeLimits& limits = {});

}  // namespace cascade::syntax
