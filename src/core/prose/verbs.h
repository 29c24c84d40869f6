// Whether a word can be the verb of an order, by its class and its ending.
#pragma once

#include "prose/sentence.h"

#include <cstddef>
#include <string_view>

namespace cascade::prose {

bool is_adverb(std::string_view word) noexcept;   // "quickly"
bool is_nominal(std::string_view word) noexcept;  // "integration", "findings": a noun by its ending
bool is_name_like(const SentenceWords& words, std::size_t i) noexcept;  // a path, a name, a word in marks
// Whether the word stands between a verb or preposition and the name: articles, kinds, the names listed before it.
bool is_beside_name(const SentenceWords& words, std::size_t i) noexcept;
// `open`: a word of no class may be one too.
bool may_be_verb(const SentenceWords& words, std::size_t i, bool open) noexcept;
// The roles of "avoiding" and "avoids" are those of "avoid".
Roles base_roles(std::string_view word) noexcept;

}  // namespace cascade::prose
