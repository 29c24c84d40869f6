// What one line holds, read in one pass: the words that its forms may need and the bytes that they begin with.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::manifest {

// The kinds that a text speaks of, as a set ("agents and skills").
using Kinds = std::uint8_t;
constexpr Kinds kinds_skill = 1, kinds_agent = 2, kinds_command = 4;

// The kinds that one word stands for: agent, subagent, specialist, skill, command, each also in the plural; 0: none.
Kinds kind_word(std::string_view word);

// Bytes and pairs of bytes, as a set: whoever looks for a form passes over lines without its sign. The parenthesis is
// the opening one; hyphenated: a word with a hyphen behind its first byte; dashes: "--".
using Signs = std::uint16_t;
constexpr Signs sign_underscore = 1 << 0, sign_at = 1 << 1, sign_tick = 1 << 2, sign_star = 1 << 3;
constexpr Signs sign_parenthesis = 1 << 4, sign_colon = 1 << 5, sign_hyphenated = 1 << 6, sign_dashes = 1 << 7;

struct LineWords {
  Signs signs = 0;
  Kinds kinds = 0;       // that its words stand for
  bool relates = false;  // holds a word such as "reports_to"
};

// Linear. REQUIRES: a byte stands behind the line that belongs to no name and is no sign, such as its line end.
LineWords read_words(std::string_view line);

}  // namespace cascade::manifest
