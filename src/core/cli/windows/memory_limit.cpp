#include "cli/memory_limit.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace cascade::cli {

// A job limits its processes.
std::string memory_limit() {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  if (::QueryInformationJobObject(nullptr, JobObjectExtendedLimitInformation, &limits, sizeof limits, nullptr) == 0 ||
      (limits.BasicLimitInformation.LimitFlags & JOB_OBJECT_LIMIT_PROCESS_MEMORY) == 0)
    return {};
  return "its job's limit, " + std::to_string(limits.ProcessMemoryLimit / 1024) + " KiB";
}

}  // namespace cascade::cli
