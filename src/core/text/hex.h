// Bytes and commit ids in hexadecimal.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "text/ascii.h"

namespace cascade::letters {

// Whether all characters are digits, in either case; true for an empty text.
constexpr bool is_hex(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return hex_value(c) >= 0; });
}

std::string bytes_to_hex(std::string_view bytes);  // two lower-case digits a byte

// REQUIRES: is_hex(digits). An odd last digit is left out.
std::string bytes_of_hex(std::string_view digits);

// git writes ids in lower case and shortens them to seven digits at the least; fewer, or capitals, are other words.
constexpr std::size_t least_commit_digits = 7;
constexpr bool is_commit_digit(char c) noexcept { return hex_value(c) >= 0 && !is_upper(c); }
constexpr bool is_commit_id(std::string_view word) noexcept {
  return word.size() >= least_commit_digits && std::all_of(word.begin(), word.end(), is_commit_digit);
}

// Returns the first word at or after `at` that may be a commit id, and moves `at` behind it; empty: there is none.
// English words are ids, too ("defaced"): whoever asks must look the id up, or want a decimal digit in it.
std::string_view next_commit_id(std::string_view line, std::size_t& at) noexcept;

}  // namespace cascade::letters
