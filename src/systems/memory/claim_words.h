// The words of a sentence that claims something (memory/claims.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "memory/typed.h"

namespace cascade::memory {

using Texts = std::vector<std::string>;

bool is_part(char c) noexcept;  // of a word
Roles roles_of(std::string word);
bool has(const std::string& padded, std::string_view phrase);
bool says(const std::string& padded, Roles role);

bool is_measured(std::string_view word);
bool is_path(std::string_view word);
bool is_day(const std::string& word);
bool is_name(const std::string& word);

std::string stem(std::string_view text);
Texts tokens(std::string_view text);
Texts content(std::string_view text);  // stems of what says something

Texts split(std::string_view text);  // at blanks
std::string joined(const Texts& words, std::size_t begin, std::size_t end);
std::string bare(std::string_view word);       // in small letters, without signs around it
std::string padded_of(std::string_view text);  // bare words between blanks
// The words of a text, for comparing texts: in lower case, sorted, each once.
std::vector<std::string> words_of(const std::string& text);

}  // namespace cascade::memory
