#include "files/process_list.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "files/descriptor.h"

namespace cascade::files {
namespace {

// The numbers behind the name, which is in brackets and may hold any character.
bool read_stat(int id, ListedProcess& process) {
  const Descriptor file(::open(("/proc/" + std::to_string(id) + "/stat").c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return false;
  std::array<char, 1024> block{};
  const ssize_t length = ::read(file.get(), block.data(), block.size());
  if (length <= 0) return false;
  std::string_view text(block.data(), static_cast<std::size_t>(length));
  text.remove_prefix(std::min(text.rfind(')') + 2, text.size()));
  constexpr std::size_t parent_field = 1, pages_field = 21;  // counted from the state, which is field 0 here
  std::uint64_t pages = 0;
  for (std::size_t field = 0; !text.empty(); ++field) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (field == parent_field) std::from_chars(word.data(), word.data() + word.size(), process.parent);
    if (field == pages_field) std::from_chars(word.data(), word.data() + word.size(), pages);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  process.id = id;
  process.bytes = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return true;
}

}  // namespace

std::vector<ListedProcess> all_processes() {
  std::vector<ListedProcess> found;
  DIR* open = ::opendir("/proc");
  if (open == nullptr) return found;
  while (const dirent* entry = ::readdir(open)) {
    const std::string_view name = entry->d_name;
    int id = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
    ListedProcess process;
    if (error == std::errc() && end == name.data() + name.size() && read_stat(id, process)) found.push_back(process);
  }
  ::closedir(open);
  return found;
}

}  // namespace cascade::files
