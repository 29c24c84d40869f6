#include "files/process_usage.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "files/descriptor.h"

namespace cascade::files {
namespace {

struct Process {
  int id = 0, parent = 0;
  std::uint64_t pages = 0;
};

// The numbers behind the name, which is in brackets and may hold any character.
bool read_stat(int id, Process& process) {
  const Descriptor file(::open(("/proc/" + std::to_string(id) + "/stat").c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return false;
  std::array<char, 1024> block{};
  const ssize_t length = ::read(file.get(), block.data(), block.size());
  if (length <= 0) return false;
  std::string_view text(block.data(), static_cast<std::size_t>(length));
  text.remove_prefix(std::min(text.rfind(')') + 2, text.size()));
  constexpr std::size_t parent_field = 1, pages_field = 21;  // counted from the state, which is field 0 here
  for (std::size_t field = 0; !text.empty(); ++field) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (field == parent_field) std::from_chars(word.data(), word.data() + word.size(), process.parent);
    if (field == pages_field) std::from_chars(word.data(), word.data() + word.size(), process.pages);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  process.id = id;
  return true;
}

std::vector<Process> all_processes() {
  std::vector<Process> found;
  DIR* open = ::opendir("/proc");
  if (open == nullptr) return found;
  while (const dirent* entry = ::readdir(open)) {
    const std::string_view name = entry->d_name;
    int id = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
    Process process;
    if (error == std::errc() && end == name.data() + name.size() && read_stat(id, process)) found.push_back(process);
  }
  ::closedir(open);
  return found;
}

}  // namespace

Usage usage_below(int process) {
  std::vector<Process> left = all_processes();
  std::set<int> inside = {process};
  std::uint64_t pages = 0, processes = 0;
  for (bool grows = true; grows;) {
    grows = false;
    const auto end = std::partition(left.begin(), left.end(), [&](const Process& one) {
      return inside.count(one.parent) == 0 && one.id != process;
    });
    for (auto at = end; at != left.end(); ++at) {
      grows = true;
      ++processes;
      pages += at->pages;
      inside.insert(at->id);
    }
    left.erase(end, left.end());
  }
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return {processes, pages * page >> 20U};
}

std::uint64_t free_bytes(const char* path) {
  struct statfs found {};
  if (::statfs(path, &found) != 0) return 0;
  return static_cast<std::uint64_t>(found.f_bavail) * static_cast<std::uint64_t>(found.f_bsize);
}

}  // namespace cascade::files
