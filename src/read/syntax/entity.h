// HTML character references ("&amp;", "&#8212;") as in Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cascade::syntax {

// `length`: bytes of the reference, 0 if there is none. Supports all numeric references, and the named ones that occur
// in prose.
struct Entity {
  std::string text;
  std::size_t length = 0;
};
Entity decode_entity(std::string_view text, std::size_t at);  // text[at] == '&'

}  // namespace cascade::syntax
