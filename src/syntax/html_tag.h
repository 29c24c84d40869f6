// One HTML tag, by CommonMark's grammar for open and closing tags.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::syntax {

// One past the '>' of the open or closing tag that begins with the '<' at `at`; 0 where none does. A tag may span
// lines.
std::size_t html_tag_end(std::string_view text, std::size_t at) noexcept;

}  // namespace cascade::syntax
