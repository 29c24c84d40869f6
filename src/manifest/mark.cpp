#include "manifest/mark.h"

#include "manifest/head.h"
#include "text/ascii.h"

#include <algorithm>

namespace cascade::manifest {
namespace {

constexpr std::size_t longest_name = 200, longest_heading = 60;

// Means the same to every shell between quotation marks, and does not end the mark.
bool is_plain(std::string_view heading) noexcept {
  constexpr std::string_view others = " -_.,:()'/&?";
  const bool number = std::all_of(heading.begin(), heading.end(), letters::is_digit);
  return !number && heading.size() <= longest_heading && heading.front() != ' ' && heading.back() != ' ' &&
         std::all_of(heading.begin(), heading.end(), [&](char c) {
           return letters::is_letter(c) || letters::is_digit(c) || others.find(c) != std::string_view::npos;
         });
}

bool is_one_word(std::string_view item) noexcept { return item.find_first_of(" ()'&?<>|;*") == std::string_view::npos; }

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace

std::string section_item(const Symbol& symbol, std::string_view heading, bool unique, std::uint32_t number,
                         std::uint32_t further) {
  std::string item = std::string(to_string(symbol.kind)) + ":" + one_line(symbol.name, longest_name) + "#";
  item += unique && is_plain(heading) ? std::string(heading) : std::to_string(number);
  if (further != 0) item += "+" + std::to_string(further);
  return item;
}

std::string cut_mark(std::string_view what, std::string_view item) {
  const std::string_view quote = is_one_word(item) ? "" : "\"";
  return std::string("[cut: ").append(what).append("; cascade show ").append(quote).append(item).append(quote) +
         "]\n\n";
}

std::string same_mark(std::string_view heading, std::string_view item) {
  const std::string name = heading.empty() ? std::string("text") : "\"" + one_line(heading, longest_heading) + "\"";
  return "[same " + name + " as above: " + std::string(item) + "]\n\n";
}

std::string cut_lines(std::size_t lines, bool code) { return counted(lines, "line") + (code ? " of code" : ""); }

std::string cut_sections_text(std::size_t sections, TokenCount tokens) {
  return counted(sections, "section") + ", " + counted(tokens, "token");
}

}  // namespace cascade::manifest
