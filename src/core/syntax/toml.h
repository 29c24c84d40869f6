// TOML as far as clients use it for agents and commands: tables, all four kinds of strings, numbers, booleans, dates,
// lists. Our own reader, because the body of a manifest is a string of the file and its sections need their positions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/node.h"

namespace cascade::syntax {

// The string of a top-level key: the bytes [begin, end) of the file between its quotes, without a line end right after
// the opening ones. `value` is the decoded string.
struct TomlText {
  // A stretch of the value, from `value` to the next piece. In a copied piece the bytes correspond one to one to those
  // from `source` on; in an escape or a replaced byte, all of them come from `source`.
  struct Piece {
    std::size_t value = 0, source = 0;
    bool copied = true;
  };
  std::string key;
  std::size_t begin = 0, end = 0;
  std::string value;
  std::vector<Piece> pieces;  // ascending; empty: the value equals the file's bytes

  bool is_escaped() const noexcept { return !pieces.empty(); }
  // Returns the byte of the file that a byte of the value comes from; `end` past the last. O(log pieces).
  std::size_t source_of(std::size_t offset) const noexcept;
};

struct Toml {
  Parsed parsed;
  std::vector<TomlText> texts;
};

// Dotted keys and table headers become nested maps; each header of a [[list of tables]] adds a map to a list. A line
// that cannot be read is a fault of kind syntax, and reading resumes at the next one. An escape or control character
// that TOML 1.1 forbids in a string is also a fault, and is kept as written. Linear.
Toml read_toml(std::string_view text);

// Decodes a part of an escaped string. REQUIRES: it begins and ends at a piece boundary or within a copied piece.
std::string unescape_toml(std::string_view part);

}  // namespace cascade::syntax
