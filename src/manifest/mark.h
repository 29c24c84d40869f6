// The marks that stand in a bundle where something was cut: what is missing, and how to get it.
//
//   [cut: 12 lines of code; cascade show skill:review#Steps]
//   [cut: 3 sections, 412 tokens; cascade show "skill:review#Error handling+2"]
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::manifest {

// What `cascade show` is to be asked for to get the section `number`, and `further` sections behind it: "#Steps+2". A
// heading that is not `unique` in its manifest, is long, or has a character that means something to a shell gives way
// to the number: "#4+2". REQUIRES: number counts the sections of a manifest from 0, which is the lead.
std::string section_item(const Symbol& symbol, std::string_view heading, bool unique, std::uint32_t number,
                         std::uint32_t further = 0);

// A line and a blank one. In quotation marks where the item has a blank.
std::string cut_mark(std::string_view what, std::string_view item);

// Where a section's text stands already, under another manifest.
std::string same_mark(std::string_view heading, std::string_view item);

std::string cut_lines(std::size_t lines, bool code);                     // "12 lines of code", "1 line"
std::string cut_sections_text(std::size_t sections, TokenCount tokens);  // "3 sections, 412 tokens"

}  // namespace cascade::manifest
