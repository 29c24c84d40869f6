#include "files/process_list.h"

#include <libproc.h>
#include <sys/sysctl.h>

#include <array>

namespace cascade::files {
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

}  // namespace cascade::files
