// Outlines by cmark-gfm, where it is installed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::corpus {

// A heading, code block, HTML block or rule of cmark's tree. `text`: a heading's text, a fence's info string.
struct CmarkBlock {
  std::string kind;  // "heading", "code", "html", "rule"
  std::uint32_t line = 0, level = 0, depth = 0;
  std::string text;
};

bool has_cmark();

// One process. cmark takes lines and columns of the bytes given.
std::vector<CmarkBlock> cmark_outline(std::string_view markdown);

}  // namespace cascade::corpus
