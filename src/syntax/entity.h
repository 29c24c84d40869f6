// Character references of HTML ("&amp;", "&#8212;") as Markdown has them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cascade::syntax {

// `length`: bytes of the reference, 0 where none begins. Numeric ones all, of the named ones those that occur in prose.
struct Entity {
  std::string text;
  std::size_t length = 0;
};
Entity decode_entity(std::string_view text, std::size_t at);  // text[at] == '&'

}  // namespace cascade::syntax
