// A page of help for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace cascade::rendering {

// Renders a page for the terminal: headings without marks (bold if `colour`), code fences as indented blocks, links as
// their text. `width`: the terminal's columns, to which paragraphs are wrapped; 0: lines are kept.
std::string render_page(std::string_view markdown, bool colour, std::size_t width);

}  // namespace cascade::rendering
