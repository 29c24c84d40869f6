// The order in which clients list names.
#pragma once

#include <string_view>

namespace cascade::client {

// As JavaScript's localeCompare orders them: blanks and signs, digits, letters without regard to case; between equals
// small letters come first. Latin letters with a mark stand with the plain one; what is neither they nor ASCII comes
// behind the letters, by code point, which is not always the client's order. Negative, 0 or positive.
int compare_names(std::string_view a, std::string_view b) noexcept;

}  // namespace cascade::client
