// A page of docs/cli/ as a manual page (man(7) macros).
#pragma once

#include <string>
#include <string_view>

#include "documents_builder/page.h"

namespace cascade::documents {

std::string man_page(const Program& program);                    // cascade(1): with the list of verbs
std::string man_page(const Program& program, const Verb& verb);  // cascade-<verb>(1)

// Converts the markdown of these pages to macros: headings, paragraphs, bullets, fenced blocks, tables, `code`,
// **strong**, links.
std::string man_text(std::string_view markdown);

}  // namespace cascade::documents
