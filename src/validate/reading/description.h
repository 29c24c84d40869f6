// A description as a model reads it: words, language, sentences.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::validation {

// Letters; one of a script without blanks between words counts as two.
std::size_t count_letters(std::string_view text) noexcept;

// Words that say something: no stop words, no generic ones (helps, agent, task ...), none of the name's own. Two
// letters of a script without blanks are one word.
std::size_t count_content_words(std::string_view text, std::string_view name);

// True when it is mostly Latin letters and has function words of English.
bool is_english(std::string_view text) noexcept;

// The text without what stands between quotation marks, behind "Example" and inside <example>.
std::string without_quotations(std::string_view text);

// Hashes of its different words in lower case, sorted; for comparing texts.
using WordSet = std::vector<std::uint64_t>;
WordSet word_set(std::string_view text);
// Common words of all words, per mille.
unsigned similarity(const WordSet& a, const WordSet& b) noexcept;

}  // namespace cascade::validation
