// Reads the words of lines that the forms of references may need.
#pragma once

#include "text/byte_block.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cascade::manifest {

// The kinds that a text speaks of, as a set ("agents and skills").
using Kinds = std::uint8_t;
constexpr Kinds kinds_skill = 1, kinds_agent = 2, kinds_command = 4;

// The kinds that one word stands for: agent, subagent, specialist, skill, command, each also in the plural; 0: none.
Kinds kind_word(std::string_view word);

// The forms that a line may hold, as a set: the finder of a form skips lines without its sign. label: a part of a kind
// word or a relation, which every label has; type: "gent_type" in any case; spawn: a word that ends in "spawn";
// article: "the x agent", with any word and any kind word; title: "Xyz agent", "**Xyz** agent" with a word of two
// letters or more that begins with a capital; delegate: "legate"; tool: "Skill tool"; list: "skills=["; parenthesis:
// "agents ("; used: "x agent" in lower case; served: "x skill" or "x skills" and a word that may be a verb of showing.
using Signs = std::uint16_t;
constexpr Signs sign_label = 1 << 0, sign_type = 1 << 1, sign_spawn = 1 << 2, sign_article = 1 << 3,
                sign_title = 1 << 4, sign_delegate = 1 << 5, sign_tool = 1 << 6, sign_list = 1 << 7,
                sign_parenthesis = 1 << 8, sign_used = 1 << 9, sign_served = 1 << 10;

struct LineWords {
  Signs signs = 0;
  Kinds kinds = 0;       // that its words stand for
  bool relates = false;  // may hold a relation such as "reports_to"
};

// The bytes where a part of a wanted word may begin: each kind word has one of "ge", "mm", "sk" and "sp", each relation
// an 's' before its joint, which begins with 'f', 'o', 't' or 'w', and "delegate" has "ga". As
// letters::for_each_where() wants it.
inline constexpr auto may_be_parts = [](const char* from) noexcept {
  const letters::ByteBlock next = letters::load_block(from + 1);
  const letters::ByteBlock first = letters::to_lower(letters::load_block(from)), second = letters::to_lower(next);
  const letters::ByteBlock third = letters::to_lower(letters::load_block(from + 2));
  const letters::ByteBlock begins_joint = (third == 'f') | (third == 'o') | (third == 't') | (third == 'w');
  static_assert(('e' & ~4) == 'a');
  return ((first == 'g') & ((second & ~4) == 'a')) | ((first == 'm') & (second == 'm')) |
         ((first == 's') & ((second == 'k') | (second == 'p') | (((next == ' ') | (next == '_')) & begins_joint)));
};

// What the part at `at` tells of its line. All parts of a line together tell all.
LineWords read_part(std::string_view line, std::size_t at);

}  // namespace cascade::manifest
