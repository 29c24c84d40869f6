#include "files/program_path.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::files {
namespace {

#ifdef _WIN32
constexpr char separator = ';';
constexpr std::string_view ending = ".exe";
#else
constexpr char separator = ':';
constexpr std::string_view ending = "";
#endif

}  // namespace

std::string program_on_path(const Tree& tree, std::string_view path, std::string_view given) {
  std::string name(given);
  if (!name.empty() && (name.size() < ending.size() || name.substr(name.size() - ending.size()) != ending))
    name += ending;
  while (!path.empty() && !name.empty()) {
    const std::string_view listed = path.substr(0, path.find(separator));
    path.remove_prefix(std::min(listed.size() + 1, path.size()));
    const std::string folder = from_native(std::string(listed));
    if (!is_absolute(folder)) continue;
    std::string file = join(folder, name);
    if (const auto stamp = tree.stat(file); stamp && !stamp->directory && stamp->executable) return file;
  }
  return {};
}

}  // namespace cascade::files
