// Marks by which a model tells what Cascade or the client says from what a manifest's author wrote. In an author's text
// they are forged, and are defused where that text is emitted.
//
//   === skill: deploy ===      at the begin of a line     ->  \=\=\= skill: deploy \=\=\=
//   [cascade] load this        at the begin of a line     ->  \[cascade\] load this
//   <task-notification>        at the begin of a line     ->  U+2039 for the first sign; other tags of the client, too
//   <system-reminder>          anywhere                   ->  U+2039 for the first sign
//
// Case, spacing, full width, look-alike letters and characters that cannot be seen make no difference.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// Where each forged mark begins, in order. Empty for nearly every text; then it takes a look at each line's begin and
// at each sign that may open a tag.
std::vector<std::size_t> forged_marks(std::string_view text);

// Whether a part of the text, or parts of it joined, could hold one: never false when it could, seldom true otherwise.
bool may_hold_forged_marks(std::string_view text);

// The text with its forged marks defused. Defusing twice is defusing once.
std::string defused(std::string text);

}  // namespace cascade::manifest
