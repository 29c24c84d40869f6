// Programs written by a bundler: nobody reads their lines, and their string tables may hold any character.
#pragma once

#include <string_view>

namespace cascade::validation {

// Whether the file is JavaScript or CSS with a line that nobody wrote by hand. Linear in the text.
bool is_bundled_code(std::string_view path, std::string_view text) noexcept;

}  // namespace cascade::validation
