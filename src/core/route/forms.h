// Words that a stemmer's deep cut unites, told apart again.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::route {

// Which of the words with one stem this is. `any`: several of them, or not known. Two different ones of the others are
// different words: "access" (word), "accessible" (quality), "hospital" (quality) and "hospitality" (state).
enum class Form : std::uint8_t { any, word, quality, state };

Form form_of(std::string_view word, std::string_view stem) noexcept;  // lower case

constexpr bool are_other_words(Form a, Form b) noexcept { return a != b && a != Form::any && b != Form::any; }

}  // namespace cascade::route
