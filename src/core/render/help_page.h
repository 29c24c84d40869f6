// A page of help for a terminal.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::rendering {

// The command that shows the page at a link's destination ("../guard.md#modes"); empty: the program has no such page.
using CommandOf = std::function<std::string(std::string_view destination)>;

// Headings without marks, code fences indented, tables as columns or items. A link is its text, or the command that
// shows the page that it points to. `width`: the terminal's columns; 0: lines are kept, and tables have 80.
std::string render_page(std::string_view markdown, bool colour, std::size_t width, const CommandOf& command_of = {});

// A paragraph or a cell without its links, as in render_page.
std::string without_links(std::string_view text, const CommandOf& command_of);

std::vector<std::string> table_cells(std::string_view row);

}  // namespace cascade::rendering
