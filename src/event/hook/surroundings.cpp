#include "hook/surroundings.h"

#include <algorithm>

#include "files/folder_names.h"
#include "files/glob.h"
#include "files/paths.h"
#include "files/tree.h"

namespace cascade::hook {
namespace {

bool is_program_there(std::string_view name, std::string_view search_path) {
  if (search_path.empty() || name.empty() || name.find('/') != std::string_view::npos) return true;
  const files::DiskTree tree;
  while (true) {
    const std::size_t end = search_path.find(':');
    const std::string_view folder = search_path.substr(0, end);
    if (!folder.empty() && folder.front() == '/') {
      const auto stamp = tree.stat(files::join(std::string(folder), std::string(name)));
      if (stamp && !stamp->directory) return true;
    }
    if (end == std::string_view::npos) return false;
    search_path.remove_prefix(end + 1);
  }
}

// A path that leads out of the working directory is not a manifest's concern and is not looked at.
bool is_file_there(std::string_view path, const std::string& directory) {
  if (directory.empty() || path.empty() || path.front() == '/' || path.find("..") != std::string_view::npos)
    return true;
  if (path.find_first_of("*?[") == std::string_view::npos)
    return files::DiskTree().stat(files::join(directory, std::string(path))).has_value();
  const std::vector<std::string> names = files_at_hand(directory);
  return names.empty() || std::any_of(names.begin(), names.end(),
                                      [&](const std::string& name) { return files::matches_glob(path, name); });
}

}  // namespace

std::vector<std::string> files_at_hand(const std::string& directory) {
  constexpr std::size_t most = 400;
  if (directory.empty()) return {};
  return files::folder_names(directory, most).value_or(std::vector<std::string>());
}

std::vector<std::string> missing(const std::vector<std::string_view>& needs, const std::string& directory,
                                 const std::string& search_path) {
  std::vector<std::string> lacking;
  for (const std::string_view need : needs)
    if ((need.substr(0, 4) == "bin:" && !is_program_there(need.substr(4), search_path)) ||
        (need.substr(0, 5) == "file:" && !is_file_there(need.substr(5), directory)))
      lacking.emplace_back(need);
  return lacking;
}

}  // namespace cascade::hook
