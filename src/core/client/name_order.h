// The order in which clients list names.
#pragma once

#include <string_view>

namespace cascade::client {

// Orders names like JavaScript's localeCompare: blanks and signs, digits, letters regardless of case; between equals,
// lower case comes first. A Latin letter with a mark sorts with the plain letter; all other characters outside ASCII
// come after the letters, by code point, which is not always the client's order. Negative, 0 or positive.
int compare_names(std::string_view a, std::string_view b) noexcept;

}  // namespace cascade::client
