// Reads a line of PowerShell as the line for bash that does the same.
#pragma once

#include <string>
#include <string_view>

namespace cascade::shell {

// A row of power_shell_rows.tsv, which says what each column means. Lists have blanks between their words.
struct Cmdlet {
  std::string_view names, positions{}, named{}, line{};
};

// Never fails: what bash has nothing for is left out, or is a variable without a value. Linear in the text.
std::string from_power_shell(std::string_view text);

}  // namespace cascade::shell
