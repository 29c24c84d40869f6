// The order in which the client lists names.
#pragma once

#include <string_view>

namespace cascade::listing {

// As JavaScript's localeCompare orders ASCII: blanks and signs, digits, letters without regard to case; between equals
// small letters come first. What is not ASCII comes behind the letters, by code point, which is not always the client's
// order. Negative, 0 or positive.
int compare_names(std::string_view a, std::string_view b) noexcept;

}  // namespace cascade::listing
