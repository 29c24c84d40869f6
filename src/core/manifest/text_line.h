// A line of the text in which references are looked for, and what the text around it says of it.
#pragma once

#include "manifest/line_words.h"

#include <cstddef>
#include <cstdint>

namespace cascade::manifest {

// field: a line of `description` or `when_to_use`. code: fenced or indented.
enum class Context : std::uint8_t { running, field, heading, table, code, comment };

struct TextLine {
  std::size_t begin = 0, end = 0;  // in BodyText::text(), without the line end
  std::uint32_t number = 0;        // in the file
  Context context = Context::running;
  bool list_item = false;
  bool relates = false;       // as in LineWords
  bool not_for = false;       // under a heading or lead-in such as "When not to use"
  bool related = false;       // below a heading such as "See also" or "Related commands"
  bool printed = false;       // code or a quotation below "Sample output:" or "Tell the user:", or between tags such as
                              // <response>; an item of a list of triggers
  bool told = false;          // below a heading such as "Example: a small yard" or "Next steps"
  bool drafted = false;       // a fence of Markdown: the text that is to be written
  bool drawn = false;         // a fence of no language: a drawing or a list as often as code
  bool handed_on = false;     // an item of a list below "Route elsewhere when …:", "Hand off to:"
  bool prerequisite = false;  // "Prerequisites: use x", and the items of a list below such a line
  bool ordered = false;       // an item or row below "Launch these agents:", "Run the review with:"
  Signs signs = 0;
  Kinds own = 0;      // kind words on the line itself
  Kinds intro = 0;    // on the nearest line above that is no list item, table row or blank
  Kinds heading = 0;  // in the heading above it; for a heading: in all above it
};

}  // namespace cascade::manifest
