// Programs that a bundler wrote: nobody reads their lines, and their string tables hold any character.
#pragma once

#include <string_view>

namespace cascade::validation {

// A file of JavaScript or CSS with a line that nobody wrote by hand. Linear in the text.
bool is_bundled_code(std::string_view path, std::string_view text) noexcept;

}  // namespace cascade::validation
