// Words of explanations and of code, as the checks compare them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::comprehension {

// The words of prose in lower case, without code in backticks and without places such as `a.cpp:12`.
std::vector<std::string> prose_words(std::string_view text);

// Names of a line of code, and the words that they are made of: "maxRetries" is "maxretries", "max" and "retries".
// Only those of at least three letters that say something: no keywords, no words that any code has.
void add_names(std::string_view line, std::set<std::string>& names);

std::string stem_of(std::string_view word);  // of an English word, roughly: compared with others, never shown

// Whether any change may be described with this word, so that it shows no knowledge of this one.
bool says_nothing(std::string_view word);

// What stands in backticks or in double quotation marks, each once, in order.
std::vector<std::string> spans_of(std::string_view text);

// Words that only code has, such as test_upload or KnownZoneDoesNotWait, each once, in order; not those in backticks.
std::vector<std::string> bare_names_of(std::string_view text);

// Items of a list, each with the lines that belong to it; without a list the whole text is one.
std::vector<std::string> items_of(std::string_view text);

// How much of `text` another text holds: the share of its runs of three words, in per cent. 0: it is too short.
unsigned overlap(std::string_view text, const std::vector<std::string>& other_words);

}  // namespace cascade::comprehension
