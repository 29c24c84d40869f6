// Names of code that a section gives and that somebody writes after reading it: `split_at_mut`, `aria-describedby`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "usage/phrases.h"

namespace cascade::usage {

// The names between backticks in the running text of a section, sorted, each once.
std::vector<std::string> identifiers_of(std::string_view section);

// What a name counts as among the phrases that are looked for.
std::uint64_t hash_of_identifier(std::string_view name);

// Appends those names of a text that are in `wanted`: names that no prose has anywhere, plain words (`polars`) only in
// a line that takes in a library.
void find_identifiers(std::string_view text, const PhraseSet& wanted, std::vector<std::string>& found);

// Whether a text holds the name as a whole.
bool has_identifier(std::string_view text, std::string_view name);

}  // namespace cascade::usage
