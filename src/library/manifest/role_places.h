// Ordinary words for somebody who does something ("tester", "Architect"), where the words around them tell that a
// manifest of that name is meant: "run tester first", "planner -> coder", "hand over to the reviewer".
#pragma once

#include "text/ascii.h"
#include "text/byte_block.h"

#include <cstddef>
#include <string_view>

namespace cascade::manifest {

// Whether a word ends with "er", "or", "ct" or "st" (or "gr" or "mr", which none does), all in lower case; `third` is
// what follows it.
inline letters::ByteBlock may_be_role_ends(letters::ByteBlock first, letters::ByteBlock second,
                                           letters::ByteBlock third) noexcept {
  static_assert(('o' & ~10) == 'e' && ('s' & ~16) == 'c' && ('c' & ~16) == 'c');
  return letters::are_before_lower(third) &
         (((second == 'r') & ((first & ~10) == 'e')) | ((second == 't') & ((first & ~16) == 'c')));
}

// Whether the byte at `at` is the last but one of such a word. Nothing else that lines are searched for goes on so.
// REQUIRES: it is not the last byte of the text, which no hit is.
inline bool is_before_role_end(std::string_view text, std::size_t at) noexcept {
  const char last = letters::to_lower(text[at + 1]);
  return last == 'r' || last == 't';
}

// Whether the word ends in -er, -or, -ect, -ist or -yst and more letters stand before them. Most words do not.
// REQUIRES: is_before_role_end().
inline bool ends_like_role(std::string_view text, std::size_t at) noexcept {
  const char first = text[at], last = text[at + 1];
  if (last == 'r' ? first != 'e' && first != 'o' : last != 't' || (first != 'c' && first != 's')) return false;
  if (at < 3 || !letters::is_lower(text[at - 2])) return false;
  const char before = text[at - 1];
  if (first == 'c') return before == 'e';
  return first == 's' ? before == 'i' || before == 'y' : letters::is_lower(before);
}

// A name of one word, or of several with capitals ("Tech Writer"), in a line. None: begin == end.
struct RolePlace {
  std::size_t begin = 0, end = 0;
  bool ordered = false;  // right behind a verb that starts work or hands it on
  bool drawn = false;    // next to an arrow
};

// The name whose last word ends in the two bytes at `at`, if its place tells that it is one. Reads some hundred bytes
// around it at most. REQUIRES: ends_like_role().
RolePlace role_place(std::string_view line, std::size_t at);

// What is listed with the name that ends at `end` ("planner and coder", "reviewer -> tester"). None: the list ends.
RolePlace next_role(std::string_view line, std::size_t end);

// The name before the arrow that stands before `begin`.
RolePlace role_before_arrow(std::string_view line, std::size_t begin);

}  // namespace cascade::manifest
