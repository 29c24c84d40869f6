#include "files/locked_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "files/system_error.h"

namespace cascade::files {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);  // lets go of the lock too
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

Error unwritable(const std::string& path, int code) {
  Error error = system_error("cannot write", path, code);
  error.code = ErrorCode::unwritable;
  return error;
}

int lock(int fd) {
  int result = 0;
  do result = ::flock(fd, LOCK_EX);
  while (result != 0 && errno == EINTR);
  return result;
}

bool read_all(int fd, std::string& content) {
  std::size_t filled = 0;
  while (filled < content.size()) {
    const ssize_t got = ::pread(fd, content.data() + filled, content.size() - filled, static_cast<off_t>(filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  content.resize(filled);
  return true;
}

}  // namespace

Result<void> extend_log(const std::string& path, std::uint64_t max_bytes,
                        const std::function<std::string(std::string_view content)>& line) {
  const Descriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (fd.get() < 0 || lock(fd.get()) != 0) return unwritable(path, errno);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return unwritable(path, errno);
  if (static_cast<std::uint64_t>(info.st_size) > max_bytes)
    return Error{ErrorCode::unsupported, "larger than " + std::to_string(max_bytes) + " bytes", path, ""};
  std::string content(static_cast<std::size_t>(info.st_size), '\0');
  if (!read_all(fd.get(), content)) return system_error("cannot read", path, errno);
  std::string added = line(content);
  if (added.empty()) return {};
  if (!content.empty() && content.back() != '\n') added.insert(0, 1, '\n');
  added += '\n';
  std::size_t done = 0;
  while (done < added.size()) {  // one call unless the disk is full or a signal comes
    const ssize_t wrote = ::write(fd.get(), added.data() + done, added.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return unwritable(path, errno);
    done += static_cast<std::size_t>(wrote);
  }
  return {};
}

}  // namespace cascade::files
