#include "files/file_lock.h"

#include "files/windows/open.h"
#include "files/windows/range_lock.h"

namespace cascade::files {
namespace {

int open_lock(const std::string& path) {
  return number_of(open_ours(path, GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS, 0600).release());
}

}  // namespace

FileLock::FileLock(const std::string& path) : descriptor_(open_lock(path)) {
  if (descriptor_ == -1) {
    error_ = last_code();
    return;
  }
  state_ = lock_range(handle_of(descriptor_), true) ? State::held : State::taken;
}

FileLock::~FileLock() {
  if (descriptor_ != -1) ::CloseHandle(handle_of(descriptor_));
}

SharedLock::SharedLock(const std::string& path, Kind kind, int patience_ms) : descriptor_(open_lock(path)) {
  constexpr int pause_ms = 2;
  for (int waited = 0; descriptor_ != -1 && !held_; waited += pause_ms) {
    held_ = lock_range(handle_of(descriptor_), kind == Kind::alone);
    if (held_ || waited >= patience_ms) return;
    ::Sleep(pause_ms);
  }
}

SharedLock::~SharedLock() {
  if (descriptor_ != -1) ::CloseHandle(handle_of(descriptor_));
}

bool has_locks(const std::string&) noexcept { return true; }

}  // namespace cascade::files
