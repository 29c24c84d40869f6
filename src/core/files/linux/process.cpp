#include "files/process.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <climits>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "files/process_facts.h"

namespace cascade::files {

std::uint64_t process_start(std::int64_t pid) noexcept {
  if (pid <= 0) return 0;
  char path[64], text[1024];
  std::snprintf(path, sizeof path, "/proc/%lld/stat", static_cast<long long>(pid));
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  const ssize_t length = ::read(fd, text, sizeof text);
  ::close(fd);
  if (length <= 0) return 0;
  // The name, in parentheses, may hold any character, so fields are counted from its last ')', state first. A zombie
  // counts as gone.
  const std::string_view line(text, static_cast<std::size_t>(length));
  std::size_t at = line.rfind(')');
  if (at == std::string_view::npos || at + 2 >= line.size() || line[at + 2] == 'Z' || line[at + 2] == 'X') return 0;
  for (int field = 2; field < 22 && at != std::string_view::npos; ++field) at = line.find(' ', at + 1);
  if (at == std::string_view::npos) return 0;
  std::uint64_t start = 0;
  std::from_chars(text + at + 1, text + length, start);
  return start;
}

namespace {

std::string read_of(std::int64_t pid, const char* what) {
  char path[64], block[4096];
  std::snprintf(path, sizeof path, "/proc/%lld/%s", static_cast<long long>(pid), what);
  const int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  std::string text;
  for (ssize_t count = 0; fd >= 0 && (count = ::read(fd, block, sizeof block)) > 0 && text.size() < 1 << 20;)
    text.append(block, static_cast<std::size_t>(count));
  if (fd >= 0) ::close(fd);
  return text;
}

}  // namespace

std::int64_t parent_of(std::int64_t pid) {
  const std::string line = read_of(pid, "stat");
  const std::size_t at = line.rfind(')');  // "1234 (name) S 1"
  std::int64_t parent = 0;
  if (at != std::string::npos && at + 4 < line.size())
    std::from_chars(line.data() + at + 4, line.data() + line.size(), parent);
  return parent;
}

std::vector<std::string> command_line(std::int64_t pid) {
  std::vector<std::string> words;
  const std::string text = read_of(pid, "cmdline");
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\0', begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::string working_folder(std::int64_t pid) {
  const std::string link = "/proc/" + std::to_string(pid) + "/cwd";
  std::string path(4096, '\0');
  const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
  path.resize(size > 0 && static_cast<std::size_t>(size) < path.size() ? static_cast<std::size_t>(size) : 0);
  return path;
}

std::string system::name_of(std::int64_t pid) {
  std::string name = read_of(pid, "comm");
  while (!name.empty() && name.back() == '\n') name.pop_back();
  return name;
}

bool system::was_started_with(std::int64_t pid, const std::string& beginning) {
  const std::string environment = read_of(pid, "environ");
  return environment.rfind(beginning, 0) == 0 ||
         environment.find(std::string(1, '\0') + beginning) != std::string::npos;
}

namespace {

std::string machine_id() {
  char id[33] = {};
  const int fd = ::open("/etc/machine-id", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  const ssize_t length = ::read(fd, id, 32);
  ::close(fd);
  return length == 32 ? std::string(id, 32) : std::string();
}

}  // namespace

bool has_machine_id() { return !machine_id().empty(); }

std::string machine() {
  char name[HOST_NAME_MAX + 1] = {}, space[64] = {};
  if (::gethostname(name, HOST_NAME_MAX) != 0) name[0] = '\0';
  if (::readlink("/proc/self/ns/pid", space, sizeof space - 1) < 0) space[0] = '\0';
  const std::string id = machine_id();
  return std::string(name) + " " + (id.empty() ? "" : id + " ") + space;
}

std::int64_t milliseconds_since_boot() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace cascade::files
