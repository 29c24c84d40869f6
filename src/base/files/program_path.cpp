#include "files/program_path.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::files {

std::string program_on_path(const Tree& tree, std::string_view path, std::string_view name) {
  while (!path.empty() && !name.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(folder.size() + 1, path.size()));
    if (!is_absolute(folder)) continue;
    std::string file = join(folder, name);
    if (const auto stamp = tree.stat(file); stamp && !stamp->directory && stamp->executable) return file;
  }
  return {};
}

}  // namespace cascade::files
