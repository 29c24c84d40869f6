#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <ctime>

#include "files/atomic_write.h"
#include "files/file_lock.h"
#include "files/tree.h"

namespace cascade::files {

FileLock::FileLock(const std::string& path, Kind kind, int patience_ms)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  constexpr int pause_ms = 2;
  const int wanted = (kind == Kind::shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
  for (int waited = 0; descriptor_ >= 0; waited += pause_ms) {
    const bool is_ours = ::flock(descriptor_, wanted) == 0;
    if (!is_ours && errno != EWOULDBLOCK && errno != EINTR) break;
    state_ = is_ours ? State::held : State::taken;
    if (is_ours || waited >= patience_ms) return;
    ::usleep(pause_ms * 1'000);
  }
  state_ = State::failed;
  error_ = errno;
}

FileLock::~FileLock() {
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

namespace {

// False after two seconds: a process that holds the lock that long was probably stopped.
bool lock(int fd) {
  constexpr timespec pause{0, 2'000'000};
  for (int attempt = 0; attempt < 1000; ++attempt) {
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return false;
    ::nanosleep(&pause, nullptr);
  }
  errno = EWOULDBLOCK;
  return false;
}

}  // namespace

// The file may be replaced or removed while waiting.
Result<LockedFile> LockedFile::open(const std::string& path) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    LockedFile file(path);
    file.file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file.file_ < 0 || !lock(file.file_)) return unwritable("cannot write", path, errno);
    struct stat info {
    }, named{};
    if (::fstat(file.file_, &info) != 0) return unwritable("cannot write", path, errno);
    file.size_ = static_cast<std::uint64_t>(info.st_size);
    if (::stat(path.c_str(), &named) == 0 && named.st_ino == info.st_ino && named.st_dev == info.st_dev) return file;
  }
  return Error{ErrorCode::unwritable, "is replaced all the time", path, ""};
}

Result<void> LockedFile::read(std::string& content) const {
  std::size_t filled = 0;
  while (filled < content.size()) {
    const ssize_t got = ::pread(file_, content.data() + filled, content.size() - filled, static_cast<off_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("cannot read", path_, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  content.resize(filled);
  return {};
}

Result<void> LockedFile::append(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(file_, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return unwritable("cannot write", path_, errno);
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return {};
}

Result<void> LockedFile::replace(std::string_view bytes) const { return write_atomically(path_, bytes, 0600); }

LockedFile::~LockedFile() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace cascade::files
