// A section's shorter forms, as text. Pure: the parser prices them, whoever emits them calls the same function.
#pragma once

#include <cascade/manifest.h>

#include <string>
#include <string_view>

namespace cascade::manifest {

// `section`: the bytes of one section, heading included. Form::prose leaves out fenced and indented code and folds the
// blank lines around it. Form::opening keeps the heading and the first paragraph; empty when the section does not begin
// with one, or when that paragraph only announces what follows (ends in a colon). Other forms: the section itself.
// Linear.
std::string shorten(std::string_view section, Form form);

// Both at once, for the price of one outline.
struct ShorterForms {
  std::string prose, opening;
};
ShorterForms shorten(std::string_view section);

}  // namespace cascade::manifest
