#include "files/process.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>

#include "files/paths.h"
#include "text/ascii.h"

namespace cascade::files {

Usage usage_below(int process) {
  std::vector<ListedProcess> left = all_processes();
  std::set<int> inside = {process};
  std::uint64_t bytes = 0, processes = 0;
  for (bool grows = true; grows;) {
    grows = false;
    const auto end = std::partition(left.begin(), left.end(), [&](const ListedProcess& one) {
      return inside.count(one.parent) == 0 && one.id != process;
    });
    for (auto at = end; at != left.end(); ++at) {
      grows = true;
      ++processes;
      bytes += at->bytes;
      inside.insert(at->id);
    }
    left.erase(end, left.end());
  }
  return {processes, bytes >> 20U};
}

std::uint64_t free_bytes(const char* path) {
  std::error_code error;
  const std::filesystem::space_info found = std::filesystem::space(path, error);
  return error ? 0 : found.available;
}

constexpr int most_generations = 64;  // that a process is followed to its ancestors

std::string ancestor_named(const std::vector<std::string_view>& names) {
  std::int64_t pid = parent_of(own_process());
  for (int i = 0; i < most_generations && pid > 1; ++i, pid = parent_of(pid)) {
    std::string name = system::name_of(pid);
    for (const std::string_view wanted : names)
      if (name.compare(0, wanted.size(), wanted) == 0) return name;
  }
  return {};
}

bool descends_from_one_with(std::string_view variable) {
  const std::string beginning = std::string(variable) + "=";
  std::int64_t pid = own_process();
  for (int i = 0; i < most_generations && pid > 1; ++i, pid = parent_of(pid))
    if (system::was_started_with(pid, beginning)) return true;
  return false;
}

std::string program_on_path(const Tree& tree, std::string_view path, std::string_view given) {
  std::string name(given);
  if (!name.empty() && !name.ends_with(program_ending)) name += program_ending;
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
