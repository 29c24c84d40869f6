#include "files/process_usage.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <vector>

#include "files/process_list.h"

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

}  // namespace cascade::files
