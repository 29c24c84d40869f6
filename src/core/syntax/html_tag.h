// One HTML tag, by CommonMark's grammar for open and closing tags.
#pragma once

#include <cstddef>
#include <string_view>

namespace cascade::syntax {

// Returns one past the '>' of the open or closing tag at `at`, which is a '<'; 0: there is no tag. A tag may span
// lines.
std::size_t html_tag_end(std::string_view text, std::size_t at) noexcept;

}  // namespace cascade::syntax
