#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <climits>
#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>
#include <thread>

#include "files/mapped_file.h"
#include "files/process.h"
#include "hash/content_hash.h"

namespace cascade::files {

namespace {

// The first bytes of a file, as far as there is room for them; empty: it cannot be read.
template <std::size_t size>
std::string_view read_into(char (&room)[size], const char* path) noexcept {
  const Descriptor file(::open(path, O_RDONLY | O_CLOEXEC));
  const ssize_t length = file.get() < 0 ? 0 : ::read(file.get(), room, size);
  return {room, static_cast<std::size_t>(std::max<ssize_t>(length, 0))};
}

}  // namespace

std::uint64_t process_start(std::int64_t pid) noexcept {
  if (pid <= 0) return 0;
  char path[64], text[1024];
  std::snprintf(path, sizeof path, "/proc/%lld/stat", static_cast<long long>(pid));
  // The name, in parentheses, may hold any character, so fields are counted from its last ')', state first. A zombie
  // counts as gone.
  const std::string_view line = read_into(text, path);
  std::size_t at = line.rfind(')');
  if (at == std::string_view::npos || at + 2 >= line.size() || line[at + 2] == 'Z' || line[at + 2] == 'X') return 0;
  for (int field = 2; field < 22 && at != std::string_view::npos; ++field) at = line.find(' ', at + 1);
  if (at == std::string_view::npos) return 0;
  std::uint64_t start = 0;
  std::from_chars(line.data() + at + 1, line.data() + line.size(), start);
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
  char room[32];
  const std::string_view id = read_into(room, "/etc/machine-id");
  return id.size() == sizeof room ? std::string(id) : std::string();
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

namespace {

// The numbers behind the name, which is in brackets and may hold any character.
bool read_stat(int id, ListedProcess& process) {
  char block[1024];
  std::string_view text = read_into(block, ("/proc/" + std::to_string(id) + "/stat").c_str());
  if (text.empty()) return false;
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

std::uint64_t this_boot() noexcept {
  char room[64];
  const std::string_view id = read_into(room, "/proc/sys/kernel/random/boot_id");  // random(4)
  return id.size() < 32 ? 0 : hash::hash64(id);
}

unsigned processors() noexcept {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  // Fails on machines with more processors than the set holds.
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return std::max(1, CPU_COUNT(&allowed));
  return std::max(1u, std::thread::hardware_concurrency());
}

LastChildren::LastChildren() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

LastChildren::~LastChildren() {
  constexpr int most_waits = 6'000, microseconds = 10'000;
  for (int i = 0; i < most_waits; ++i) {
    const pid_t ended = ::waitpid(-1, nullptr, WNOHANG);
    if (ended < 0) break;  // there is no child left
    if (ended == 0) ::usleep(microseconds);
  }
  ::prctl(PR_SET_CHILD_SUBREAPER, 0);
}

}  // namespace cascade::files
