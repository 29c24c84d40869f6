// White space, by the rules of the texts that this module reads.
#pragma once

#include <string_view>

namespace cascade::syntax {

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

// White space as the client's regular expressions have it (ECMAScript's \s); includes line ends.
bool is_client_space(char32_t c) noexcept;

// Only client white space, or nothing.
bool is_blank(std::string_view text) noexcept;

std::string_view trim_left(std::string_view text) noexcept;  // blanks: spaces and tabs
std::string_view trim(std::string_view text) noexcept;       // client white space at both ends

}  // namespace cascade::syntax
