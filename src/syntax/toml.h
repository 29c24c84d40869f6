// TOML, as far as clients write agents and commands in it: tables, strings of all four kinds, numbers, booleans, dates,
// lists. Written here because a manifest's body is a string of the file, and its sections need their places in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/node.h"

namespace cascade::syntax {

// Which escapes a basic string may hold: 1.1 adds \e and \xHH. Gemini CLI 0.61.0 refuses a file that has them, Codex
// 0.169.0 reads it.
enum class TomlVersion : std::uint8_t { v1_0, v1_1 };

// A string of a top-level key: the file's bytes [begin, end) between its quotes, without a line end right behind the
// opening ones. `value` is what they mean.
struct TomlText {
  // From `value` on to the next piece. What is copied lies at `source` and the bytes behind it; what is escaped, or a
  // replaced byte, all comes from `source`.
  struct Piece {
    std::size_t value = 0, source = 0;
    bool copied = true;
  };
  std::string key;
  std::size_t begin = 0, end = 0;
  std::string value;
  std::vector<Piece> pieces;  // ascending; empty: the value is the file's bytes as they are

  bool is_escaped() const noexcept { return !pieces.empty(); }
  // The file's byte that a byte of the value comes from; `end` for those beyond the last. O(log pieces).
  std::size_t source_of(std::size_t offset) const noexcept;
};

struct Toml {
  Parsed parsed;
  std::vector<TomlText> texts;
};

// Dotted keys and table headers become maps within maps; of [[lists of tables]] each header adds a map to a list. A
// line that cannot be read is a fault of kind syntax, and reading goes on with the next one. So is an escape or a
// control character that TOML does not allow in a string; it stays as it is written. Linear.
Toml read_toml(std::string_view text, TomlVersion version = TomlVersion::v1_0, const NodeLimits& limits = {});

// What a part of an escaped string means. REQUIRES: it begins and ends where a piece does, or within a copied one.
std::string unescape_toml(std::string_view part, TomlVersion version);

}  // namespace cascade::syntax
