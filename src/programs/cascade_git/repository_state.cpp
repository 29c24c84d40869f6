#include "cascade_git/repository_state.h"

#include <fstream>
#include <string_view>

#include "text/ascii.h"

namespace cascade::git {

std::vector<std::string> lines_of_file(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    if (const std::string_view text = letters::trim(line); !text.empty() && text.front() != '#')
      lines.emplace_back(text);
  return lines;
}

}  // namespace cascade::git
