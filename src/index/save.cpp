#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "files/atomic_write.h"
#include "files/paths.h"
#include "files/system_error.h"
#include "index/index_file.h"

namespace cascade::index_file {
namespace {

// Held while it lives; a process that dies lets go by itself.
class Lock {
 public:
  explicit Lock(const std::string& path) : fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    held_ = fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() {
    if (fd_ >= 0) ::close(fd_);
  }
  bool opened() const { return fd_ >= 0; }
  bool held() const { return held_; }

 private:
  int fd_ = -1;
  bool held_ = false;
};

}  // namespace

Result<void> save(const std::string& path, const hash::Hash128& key, std::int64_t scan_start_ns,
                  const std::vector<Region>& regions) {
  const Lock lock(path + ".lock");
  if (!lock.opened()) {
    Error error = files::system_error("cannot write the index", path, errno);
    error.code = ErrorCode::unwritable;
    return error;
  }
  if (!lock.held()) return Error{ErrorCode::stale, "another process is writing the index", path, ""};
  return files::write_atomically(path, encode(key, scan_start_ns, regions), 0600);
}

Result<std::int64_t> file_system_time(const std::string& folder) {
  const std::string path = files::join(folder, ".clock." + std::to_string(::getpid()));
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    Error error = files::system_error("cannot write", path, errno);
    error.code = ErrorCode::unwritable;
    return error;
  }
  struct stat info {};
  const bool good = ::write(fd, "x", 1) == 1 && ::fstat(fd, &info) == 0;
  ::close(fd);
  ::unlink(path.c_str());
  if (!good) return Error{ErrorCode::unwritable, "cannot read the file system's clock", path, ""};
  return static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec;
}

}  // namespace cascade::index_file
