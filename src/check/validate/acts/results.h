// Results that a text bends: bad ones that it turns into good ones or leaves out, and figures that it raises.
#pragma once

#include <string_view>

namespace cascade::validation {

// Whether a word for a bad result is among the words.
bool names_bad_result(std::string_view text) noexcept;

// Whether the text replaces a word for a bad result by one for a good one: "FAILED", "PASSED"; s/fail/pass/.
bool turns_good(std::string_view text) noexcept;

// What a line of a program does to results, for a message; empty: nothing. `strings`: what its quotes hold.
std::string_view what_bends(std::string_view line, std::string_view strings) noexcept;

}  // namespace cascade::validation
