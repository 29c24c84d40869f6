#include <libproc.h>
#include <sys/sysctl.h>
#include <unistd.h>  // and gethostuuid(): its own header does not say that it is C
#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <optional>
#include <string_view>
#include <thread>

#include "files/process.h"
#include "hash/content_hash.h"
#include "text/hex.h"

namespace cascade::files {
namespace {

// Of any user's process.
std::optional<kinfo_proc> look_at(std::int64_t pid) noexcept {
  std::array<int, 4> name = {CTL_KERN, KERN_PROC, KERN_PROC_PID, static_cast<int>(pid)};
  kinfo_proc found{};
  std::size_t size = sizeof found;
  const bool there = pid > 0 && ::sysctl(name.data(), name.size(), &found, &size, nullptr, 0) == 0 && size > 0;
  return there ? std::optional(found) : std::nullopt;
}

struct Started {
  std::vector<std::string> words, environment;
};

// What the kernel kept of the call that started a process: the number of words, the program's path, zeros, the words,
// the environment, an empty text. It shows that of our own user's processes, and of the system's own programs without
// the environment.
Started started(std::int64_t pid) {
  std::array<int, 3> most = {CTL_KERN, KERN_ARGMAX, 0}, name = {CTL_KERN, KERN_PROCARGS2, static_cast<int>(pid)};
  int longest = 0;
  std::size_t size = sizeof longest;
  if (pid <= 0 || ::sysctl(most.data(), 2, &longest, &size, nullptr, 0) != 0 || longest <= 0) return {};
  std::string text(static_cast<std::size_t>(longest), '\0');
  size = text.size();
  int count = 0;
  if (::sysctl(name.data(), name.size(), text.data(), &size, nullptr, 0) != 0 || size <= sizeof count) return {};
  text.resize(size);
  std::memcpy(&count, text.data(), sizeof count);
  std::size_t at = std::min(text.find('\0', sizeof count), text.size());
  at = std::min(text.find_first_not_of('\0', at), text.size());
  Started found;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\0', at), text.size());
    const bool is_word = found.words.size() < static_cast<std::size_t>(std::max(count, 0));
    if (!is_word && end == at) break;
    (is_word ? found.words : found.environment).push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return found;
}

}  // namespace

std::uint64_t process_start(std::int64_t pid) noexcept {
  const auto found = look_at(pid);
  if (!found || found->kp_proc.p_stat == SZOMB) return 0;
  const timeval& start = found->kp_proc.p_starttime;
  return static_cast<std::uint64_t>(start.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(start.tv_usec);
}

std::int64_t parent_of(std::int64_t pid) {
  const auto found = look_at(pid);
  return found ? found->kp_eproc.e_ppid : 0;
}

std::vector<std::string> command_line(std::int64_t pid) { return started(pid).words; }

std::string working_folder(std::int64_t pid) {
  proc_vnodepathinfo info{};
  const int size = ::proc_pidinfo(static_cast<int>(pid), PROC_PIDVNODEPATHINFO, 0, &info, sizeof info);
  return size == static_cast<int>(sizeof info) ? std::string(info.pvi_cdir.vip_path) : std::string();
}

std::string system::name_of(std::int64_t pid) {
  const auto found = look_at(pid);
  if (!found) return {};
  return std::string(found->kp_proc.p_comm, ::strnlen(found->kp_proc.p_comm, sizeof found->kp_proc.p_comm));
}

bool system::was_started_with(std::int64_t pid, const std::string& beginning) {
  const std::vector<std::string> environment = started(pid).environment;
  return std::ranges::any_of(environment,
                             [&](const std::string& one) { return one.compare(0, beginning.size(), beginning) == 0; });
}

namespace {

std::string machine_id() {
  uuid_t id{};
  const timespec patience{1, 0};
  if (::gethostuuid(id, &patience) != 0) return {};
  return letters::bytes_to_hex({reinterpret_cast<const char*>(id), sizeof id});
}

}  // namespace

bool has_machine_id() { return !machine_id().empty(); }

// By the name a lease would be another machine's after a change of networks.
std::string machine() {
  std::string id = machine_id();
  char name[256] = {};
  if (id.empty() && ::gethostname(name, sizeof name - 1) == 0) id = name;
  return id;
}

// Sleep is counted, other than by CLOCK_UPTIME_RAW.
std::int64_t milliseconds_since_boot() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

namespace {

std::uint64_t resident_bytes(int id) {
  proc_taskinfo info{};
  return ::proc_pidinfo(id, PROC_PIDTASKINFO, 0, &info, sizeof info) == static_cast<int>(sizeof info)
             ? info.pti_resident_size
             : 0;
}

}  // namespace

std::vector<ListedProcess> all_processes() {
  std::array<int, 4> name = {CTL_KERN, KERN_PROC, KERN_PROC_ALL, 0};
  std::size_t size = 0;
  if (::sysctl(name.data(), name.size(), nullptr, &size, nullptr, 0) != 0) return {};
  std::vector<kinfo_proc> all(size / sizeof(kinfo_proc) + 64);  // some may have begun meanwhile
  size = all.size() * sizeof(kinfo_proc);
  if (::sysctl(name.data(), name.size(), all.data(), &size, nullptr, 0) != 0) return {};
  all.resize(size / sizeof(kinfo_proc));
  std::vector<ListedProcess> found;
  found.reserve(all.size());
  for (const kinfo_proc& one : all)
    found.push_back({one.kp_proc.p_pid, one.kp_eproc.e_ppid, resident_bytes(one.kp_proc.p_pid)});
  return found;
}

std::uint64_t this_boot() noexcept {
  char id[64];
  std::size_t length = sizeof id;
  if (::sysctlbyname("kern.bootsessionuuid", id, &length, nullptr, 0) != 0) return 0;
  return length < 32 ? 0 : hash::hash64({id, length});
}

unsigned processors() noexcept { return std::max(1u, std::thread::hardware_concurrency()); }

}  // namespace cascade::files
