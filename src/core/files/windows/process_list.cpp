#include "files/process_list.h"

#include "files/windows/handle.h"

#include <psapi.h>
#include <tlhelp32.h>

namespace cascade::files {
namespace {

std::uint64_t resident_bytes(DWORD id) {
  const Handle process(::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, id));
  PROCESS_MEMORY_COUNTERS counters{};
  if (!process.is_open() || ::K32GetProcessMemoryInfo(process.get(), &counters, sizeof counters) == 0) return 0;
  return counters.WorkingSetSize;
}

}  // namespace

std::vector<ListedProcess> all_processes() {
  std::vector<ListedProcess> found;
  const Handle list(::CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  PROCESSENTRY32W one{};
  one.dwSize = sizeof one;
  if (!list.is_open()) return found;
  for (BOOL more = ::Process32FirstW(list.get(), &one); more != 0; more = ::Process32NextW(list.get(), &one))
    if (one.th32ProcessID != 0)
      found.push_back({static_cast<int>(one.th32ProcessID), static_cast<int>(one.th32ParentProcessID),
                       resident_bytes(one.th32ProcessID)});
  return found;
}

}  // namespace cascade::files
