// White space, by the rules of the texts that this module reads.
#pragma once

#include <string_view>

namespace cascade::syntax {

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

// White space as the client's regular expressions have it (ECMAScript's \s); includes line ends.
bool is_client_space(char32_t c) noexcept;

// Only client white space, or nothing.
bool is_blank(std::string_view text) noexcept;

std::string_view trim(std::string_view text) noexcept;  // client white space at both ends

// Without the blanks (spaces and tabs) that it begins with, ends with.
constexpr std::string_view trim_left(std::string_view text) noexcept {
  std::size_t at = 0;
  while (at < text.size() && is_blank(text[at])) ++at;
  return text.substr(at);
}
constexpr std::string_view trim_right(std::string_view text) noexcept {
  std::size_t end = text.size();
  while (end > 0 && is_blank(text[end - 1])) --end;
  return text.substr(0, end);
}

}  // namespace cascade::syntax
