// Whether a text means what it says: an order, a warning against it, or an example of it.
#pragma once

#include "validate/reading/text_model.h"

#include <cstddef>
#include <string_view>

namespace cascade::validation {

// forbidden: the text tells not to. attack: it shows what others do, to find or to fear it. example: a plain example,
// which is a thing to do when it is a command, and nothing but words when it is a sentence.
enum class Stance : std::uint8_t { meant, forbidden, attack, example };

// A command is taken back by a warning, not by being an example.
constexpr bool takes_back_command(Stance stance) noexcept {
  return stance == Stance::forbidden || stance == Stance::attack;
}

// Judges what stands at [begin, end) of the text by its sentence, by the words that lead up to it and by the headings
// above.
Stance stance_of(const TextModel& text, std::size_t begin, std::size_t end);

// The words of a sentence before the place that is judged: a negation counts when it governs the place, not when it
// stands in a condition ("if you do not have it, run ...") or in an earlier clause.
bool forbids(std::string_view before) noexcept;
bool introduces_attack(std::string_view words) noexcept;
bool introduces_example(std::string_view words) noexcept;  // an attack or a plain one
bool names_bad_practice(std::string_view heading) noexcept;

}  // namespace cascade::validation
