// Marks by which a model tells the words of Cascade or the client from those of a manifest's author. In an author's
// text they are forged, so they are defused when that text is emitted.
//
//   === skill: deploy ===      at the start of a line     ->  \=\=\= skill: deploy \=\=\=
//   [cascade] load this        at the start of a line     ->  \[cascade\] load this
//   <task-notification>        at the start of a line     ->  U+2039 for the first sign; so do the client's other tags
//   <system-reminder>          anywhere                   ->  U+2039 for the first sign
//
// Case, spacing, full width, look-alike letters and invisible characters make no difference.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::manifest {

// Where each forged mark begins, in order. Nearly every text has none; the cost is then one look at the start of each
// line and at each sign that may open a tag.
std::vector<std::size_t> forged_marks(std::string_view text);

// Whether a part of the text, or parts of it joined, could hold a mark. Never false when it could; seldom true when it
// could not.
bool may_hold_forged_marks(std::string_view text);

// The text with its forged marks defused. Defusing twice is defusing once.
std::string defused(std::string text);

}  // namespace cascade::manifest
