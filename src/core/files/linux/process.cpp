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

// What the kernel says of a process (proc(5)), by the fields behind its name: that is in parentheses and may hold any
// character.
class ProcessStat {
 public:
  enum Field : std::size_t { parent = 1, start = 19, pages = 21 };  // the state is 0

  explicit ProcessStat(std::int64_t pid) noexcept {
    char path[64];
    std::snprintf(path, sizeof path, "/proc/%lld/stat", static_cast<long long>(pid));
    const std::string_view line = read_into(room_, path);
    fields_ = line.substr(std::min(line.rfind(')') + 2, line.size()));
  }
  ProcessStat(const ProcessStat&) = delete;
  ProcessStat& operator=(const ProcessStat&) = delete;

  bool is_there() const noexcept { return !fields_.empty(); }
  bool has_ended() const noexcept { return fields_.empty() || fields_[0] == 'Z' || fields_[0] == 'X'; }
  std::uint64_t number(Field field) const noexcept {
    std::size_t at = 0;
    for (std::size_t i = 0; i < field; ++i) {
      at = fields_.find(' ', at) + 1;  // npos + 1 is 0
      if (at == 0) return 0;
    }
    std::uint64_t value = 0;
    std::from_chars(fields_.data() + at, fields_.data() + fields_.size(), value);
    return value;
  }

 private:
  char room_[1024];
  std::string_view fields_;
};

std::string read_of(std::int64_t pid, const char* what) {
  char path[64], block[4096];
  std::snprintf(path, sizeof path, "/proc/%lld/%s", static_cast<long long>(pid), what);
  const Descriptor file(::open(path, O_RDONLY | O_CLOEXEC));
  std::string text;
  for (ssize_t count = 0;
       file.get() >= 0 && (count = ::read(file.get(), block, sizeof block)) > 0 && text.size() < 1 << 20;)
    text.append(block, static_cast<std::size_t>(count));
  return text;
}

std::string machine_id() {
  char room[32];
  const std::string_view id = read_into(room, "/etc/machine-id");
  return id.size() == sizeof room ? std::string(id) : std::string();
}

}  // namespace

// A zombie counts as gone.
std::uint64_t process_start(std::int64_t pid) noexcept {
  const ProcessStat process(pid);
  return pid <= 0 || process.has_ended() ? 0 : process.number(ProcessStat::start);
}

std::int64_t parent_of(std::int64_t pid) {
  return static_cast<std::int64_t>(ProcessStat(pid).number(ProcessStat::parent));
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

std::vector<ListedProcess> all_processes() {
  std::vector<ListedProcess> found;
  DIR* open = ::opendir("/proc");
  if (open == nullptr) return found;
  while (const dirent* entry = ::readdir(open)) {
    const std::string_view name = entry->d_name;
    int id = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
    if (error != std::errc() || end != name.data() + name.size()) continue;
    const ProcessStat process(id);
    if (process.is_there())
      found.push_back({id, static_cast<int>(process.number(ProcessStat::parent)),
                       process.number(ProcessStat::pages) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))});
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
