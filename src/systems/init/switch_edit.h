// Switches systems on in the text of a cascade.yaml: the lines that `init --with` writes. Every other byte stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cascade::init {

struct SwitchEdit {
  std::string text;                   // the file's afterwards
  std::vector<std::string> switched;  // those that were switched on
  // Those that are not on and whose line is the user's to write: the file says that they are off, or it has a form that
  // is not changed.
  std::vector<std::string> left;
};

// `systems`: names of systems; others, and those that are on without a line, are passed over. An empty text stands for
// a missing file. The result reads as YAML in which all else has the value that it had.
SwitchEdit switch_on(std::string_view text, const std::vector<std::string>& systems);

}  // namespace cascade::init
