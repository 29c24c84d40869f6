// Whether a text means what it says: an order, a warning against it, or an example of it.
#pragma once

#include "validate/text_model.h"

#include <cstddef>
#include <string_view>

namespace cascade::validation {

enum class Stance : std::uint8_t { meant, forbidden, example };

// Judges what stands at [begin, end) of the text by its sentence, by the words that lead up to it and by the headings
// above.
Stance stance_of(const TextModel& text, std::size_t begin, std::size_t end);

// The same for one line on its own: a comment in code, an item of a list.
bool forbids(std::string_view sentence_before) noexcept;
bool introduces_example(std::string_view words) noexcept;
bool names_bad_practice(std::string_view heading) noexcept;

}  // namespace cascade::validation
