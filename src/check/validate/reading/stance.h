// Whether a text is meant: an order, a warning against something, or an example of it.
#pragma once

#include "validate/reading/text_model.h"

#include <cstddef>
#include <string_view>

namespace cascade::validation {

// forbidden: the text forbids it. attack: it shows what others do, to find or fear it. example: a plain example; a
// command in one is still to be run, a sentence is only words.
enum class Stance : std::uint8_t { meant, forbidden, attack, example };

// A warning revokes a command; being an example does not.
constexpr bool takes_back_command(Stance stance) noexcept {
  return stance == Stance::forbidden || stance == Stance::attack;
}

// Judges the text at [begin, end) by its sentence, by the words that lead up to it and by the headings above.
Stance stance_of(const TextModel& text, std::size_t begin, std::size_t end);

// The words of a sentence before the place in question: a negation counts if it governs the place, not if it is in a
// condition ("if you do not have it, run ...") or an earlier clause.
bool forbids(std::string_view before) noexcept;
bool introduces_attack(std::string_view words) noexcept;
bool introduces_example(std::string_view words) noexcept;  // an attack or a plain one
bool names_bad_practice(std::string_view heading) noexcept;

}  // namespace cascade::validation
