// A description as a model reads it: its words, language and sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// Counts letters; one from a script without blanks between words counts twice.
std::size_t count_letters(std::string_view text) noexcept;

// Counts the meaningful words: without stop words, generic ones (helps, agent, task ...) and those of the name. Two
// letters of a script without blanks count as one word.
std::size_t count_content_words(std::string_view text, std::string_view name);

// True when it is mostly Latin letters and has function words of English.
bool is_english(std::string_view text) noexcept;

// Returns the text without the parts in quotation marks, after "Example" and inside <example>.
std::string without_quotations(std::string_view text);

// "Deprecated: use x", "[DEPRECATED] ...": nothing is to choose it.
bool is_deprecated(std::string_view text);

// The hashes of its distinct words in lower case, sorted; for comparing texts.
using WordSet = std::vector<std::uint64_t>;
WordSet word_set(std::string_view text);
// The share of common words among all words, in thousandths.
unsigned similarity(const WordSet& a, const WordSet& b) noexcept;

}  // namespace cascade::validation
