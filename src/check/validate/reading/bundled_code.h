// Programs written by a bundler: nobody reads their lines, and their string tables may hold any character.
#pragma once

#include <string_view>

namespace cascade::validation {

// Whether the file is JavaScript or CSS with a line that nobody wrote by hand. Linear in the text.
bool is_bundled_code(std::string_view path, std::string_view text) noexcept;
// Whether the file is JavaScript or CSS with the marks of a bundler: a source map, regions, names of modules. Anybody
// can write those, so such a file is only trusted with characters that its source wrote as escapes.
bool is_generated_code(std::string_view path, std::string_view text) noexcept;

}  // namespace cascade::validation
