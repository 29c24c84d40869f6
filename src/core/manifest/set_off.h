// Names marked only by their place: a reader sees that "(code-reviewer)" or "see code-reviewer" names a manifest when
// one has this name. When none has it, binding drops the words.
#pragma once

#include "manifest/body_text.h"

#include <cstddef>
#include <string_view>

namespace cascade::manifest {

// Whether the name [begin, end) of the text is set apart from its sentence: in parentheses, next to an arrow, after a
// word such as "see" or "via", alone in a table's cell, at the head of a list item, between a preposition and the end
// of its clause, between a preposition and a purpose, right next to a script without blanks, before the thing it does
// or gives ("the x-y gate"), in "[[…]]". Reads the line, and the line above for the word before it.
bool is_set_off(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether a line of a drawing or list in a fence sets it off: at the line's head, next to a drawn line or an arrow, in
// brackets, as a participant of a sequence diagram.
bool is_drawn(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether a word such as "see" or "via" or an arrow comes right before the name, or a script without
// blanks is right next to it.
bool is_pointed_at(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

// Whether a letter or mark of such a script begins at `at`: kana, CJK, Hangul.
bool is_unspaced(std::string_view text, std::size_t at) noexcept;

// Whether a description refers a matter to it: "noisy pages are alert-tuning", "ranking threats is threat-modeler's".
bool is_referred_to(const BodyText& body, const TextLine& line, std::size_t begin, std::size_t end);

}  // namespace cascade::manifest
