#include "files/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

namespace cascade::files {

FileLock::FileLock(const std::string& path)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  if (descriptor_ < 0) {
    error_ = errno;
    return;
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {
    state_ = State::held;
  } else if (errno == EWOULDBLOCK || errno == EINTR) {
    state_ = State::taken;
  } else {
    error_ = errno;
  }
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

SharedLock::SharedLock(const std::string& path, Kind kind, int patience_ms)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  constexpr int pause_ms = 2;
  const int wanted = (kind == Kind::shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  for (int waited = 0; descriptor_ >= 0 && !held_; waited += pause_ms) {
    held_ = ::flock(descriptor_, wanted) == 0;
    if (held_ || waited >= patience_ms || (errno != EWOULDBLOCK && errno != EINTR)) return;
    ::usleep(pause_ms * 1'000);
  }
}

SharedLock::~SharedLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool has_locks(const std::string& folder) noexcept {
  std::string path = folder + "/.lock-trial-XXXXXX";
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) return true;
  ::unlink(path.c_str());
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  const bool has = ::fcntl(file, F_SETLK, &whole) == 0;
  ::close(file);
  return has;
}

}  // namespace cascade::files
