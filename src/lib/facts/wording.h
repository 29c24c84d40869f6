// How people word prompts that want to know what a project has written down.
#pragma once

#include <cstdint>
#include <string_view>

namespace cascade::recall {

// Above 0: prompts in such words mostly want a fact ("how long may", "add a button"). Below 0: they mostly want none
// ("explain", "sort", "what is"). 1,000 multiplies the odds by e.
std::int32_t wording_of(std::string_view prompt);

// The listed words, sorted by byte and separated by spaces: word:weight, in tenths of 1,000. "^" marks the prompt's
// first word, or its first two, joined by "_"; without it, "_" joins two adjacent words. "#" is a word with a digit.
std::string_view wording_words() noexcept;

}  // namespace cascade::recall
