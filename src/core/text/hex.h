// Bytes and commit ids in hexadecimal.
#pragma once

#include <algorithm>
#include <optional>

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

// The byte that a percent escape at `at` ("%20") stands for; -1: there is none, or the text ends within it.
constexpr int percent_byte(std::string_view text, std::size_t at) noexcept {
  if (text[at] != '%' || at + 2 >= text.size()) return -1;
  const int high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// Text that is not an escape stays unchanged. The result may be ill-formed UTF-8.
inline std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int byte = percent_byte(text, at);
    out += byte < 0 ? text[at] : static_cast<char>(byte);
    if (byte >= 0) at += 2;
  }
  return out;
}

// A number such as "2.5" and "1e3", without a locale. Nothing: the text is not one, or too large for a double.
std::optional<double> decimal(std::string_view text);

}  // namespace cascade::letters
