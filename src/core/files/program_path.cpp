#include "files/program_path.h"

#include <algorithm>

#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::files {

std::string program_on_path(const Tree& tree, std::string_view path, std::string_view given) {
  std::string name(given);
  if (!name.empty() &&
      (name.size() < program_ending.size() || name.substr(name.size() - program_ending.size()) != program_ending))
    name += program_ending;
  while (!path.empty() && !name.empty()) {
    const std::string_view listed = path.substr(0, path.find(path_separator));
    path.remove_prefix(std::min(listed.size() + 1, path.size()));
    const std::string folder = from_native(std::string(listed));
    if (!is_absolute(folder)) continue;
    std::string file = join(folder, name);
    if (const auto stamp = tree.stat(file); stamp && !stamp->directory && stamp->executable) return file;
  }
  return {};
}

std::string in_shell_path(std::string folder) {
#ifdef _WIN32
  if (folder.size() > 2 && folder[1] == ':' && folder[2] == '/') {
    folder[1] = letters::to_lower(folder[0]);
    folder[0] = '/';
  }
#endif
  return folder;
}

}  // namespace cascade::files
