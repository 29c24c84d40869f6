// Texts that should show a failure, and where a tree writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "explain/change.h"

namespace cascade::comprehension {

struct Signal {
  std::string text;
  std::string
      place;  // "PATH:LINE" that holds it, itself or through a template, or the run that said it; empty: nowhere
};

// What to look for in a tree to find a text that may be made from a template there: the text, and pieces of it.
std::vector<std::string> pieces_of(std::string_view text);

// Whether a line of code writes the text when the places of its template are filled in: `slots: ${code}` and
// "%s: %d rows" write "slots: 404" and "load: 3 rows".
bool may_write(std::string_view line, std::string_view text);

// The signals that a text names in backticks or quotation marks. `found`: what a search of the tree for pieces_of() all
// of them found.
std::vector<Signal> signals_in(std::string_view text, const std::vector<Sought>& found);
std::vector<std::string> sought_for(std::string_view text);

}  // namespace cascade::comprehension
