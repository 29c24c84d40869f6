// SEC014: text that is pushed out of sight, down by blank lines or to the right by blanks.
#include "validate/rules/checks.h"

#include "text/ascii.h"

namespace cascade::validation {
namespace {

constexpr std::uint32_t most_blank_lines = 200;
constexpr std::size_t most_blanks = 2000;

bool is_blank_line(std::string_view line) { return line.find_first_not_of(" \t\r\f\v") == std::string_view::npos; }

}  // namespace

void check_padding(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary()) return;
  const syntax::LineIndex& lines = document.lines();
  std::uint32_t blank_since = 0;
  for (std::uint32_t number = 1; number <= lines.lines(); ++number) {
    const std::string_view line = lines.line(number);
    if (is_blank_line(line) && number < lines.lines()) {
      if (blank_since == 0) blank_since = number;
    } else {
      if (blank_since != 0 && number - blank_since > most_blank_lines)
        findings.add("SEC014", document.at_line(blank_since),
                     std::to_string(number - blank_since) + " blank lines in a row", "remove them");
      blank_since = 0;
    }
    if (line.size() <= most_blanks) continue;
    std::size_t run = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      run = letters::is_blank(line[i]) ? run + 1 : 0;
      if (run != most_blanks + 1) continue;
      findings.add("SEC014", document.at(lines.start(number) + i - run + 1, 1),
                   "more than " + std::to_string(most_blanks) + " blanks in a row", "remove them");
      break;
    }
  }
}

}  // namespace cascade::validation
