#include "files/detached_thread.h"

#include <new>

#include "files/windows/sdk.h"

namespace cascade::files {
namespace {

struct Job {
  void* (*work)(void*);
  void* given;
};

DWORD WINAPI begin(void* job) {
  const Job mine = *static_cast<Job*>(job);
  delete static_cast<Job*>(job);
  mine.work(mine.given);
  return 0;
}

}  // namespace

bool start_detached(void* (*work)(void*), void* given) noexcept {
  auto* const job = new (std::nothrow) Job{work, given};
  const HANDLE thread = job == nullptr ? nullptr : ::CreateThread(nullptr, 0, begin, job, 0, nullptr);
  if (thread == nullptr) {
    delete job;
    return false;
  }
  ::CloseHandle(thread);
  return true;
}

}  // namespace cascade::files
