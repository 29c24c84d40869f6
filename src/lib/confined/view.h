// What a confined command sees of the disk: the system's programs, the project, and of the home the caches of tools.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "confined/ecosystems.h"

namespace cascade::audit {

struct View {
  std::string copy, root;                   // the copy, and where it is shown
  std::string home;                         // empty: there is none
  std::uint32_t megabytes = 4'096;          // that all folders in memory may hold together
  std::vector<std::string> variables = {};  // "NAME=value", of which rows call some a folder of tools
};

// The words for bubblewrap. Nothing is there but what rows name (`system`, `home`, `folders`), so a secret that no row
// knows of is not there either; what rows call `secret` is empty in a folder that a variable names. Only the copy and
// folders in memory can be written, and these have an end.
std::vector<std::string> words_of_view(const View& view, Rows rows);

// The text of .git/config without what lets somebody in: helpers, headers, passwords in addresses.
std::string without_credentials(const std::string& git_config);

}  // namespace cascade::audit
