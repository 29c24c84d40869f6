// Appends to a log that several processes write: take the lock, read what is there, let the caller decide, append in
// one call. A log that is too long is replaced by a shorter one in a new file; whoever waits for the lock then notices
// that the path names another file, and opens that one.
#include "files/locked_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <utility>

#include "files/atomic_write.h"
#include "files/descriptor.h"
#include "files/system_error.h"

namespace cascade::files {
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

// Returns the file that `path` names once the lock is held: it may be replaced or removed while waiting.
Result<Descriptor> open_locked(const std::string& path, struct stat& info) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    Descriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (fd.get() < 0 || !lock(fd.get())) return unwritable("cannot write", path, errno);
    struct stat named {};
    if (::fstat(fd.get(), &info) != 0) return unwritable("cannot write", path, errno);
    if (::stat(path.c_str(), &named) == 0 && named.st_ino == info.st_ino && named.st_dev == info.st_dev)
      return Result<Descriptor>(std::move(fd));
  }
  return Error{ErrorCode::unwritable, "is replaced all the time", path, ""};
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

// One call, unless the disk is full or a signal interrupts.
bool append(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

}  // namespace

Result<void> extend_log(const std::string& path, std::uint64_t max_bytes,
                        const std::function<std::string(std::string_view content)>& line,
                        const std::function<std::string(std::string_view content)>& shorten) {
  struct stat info {};
  auto fd = open_locked(path, info);
  if (!fd) return fd.error();
  const auto size = static_cast<std::uint64_t>(info.st_size);
  const std::uint64_t most = 4 * max_bytes;  // a larger file is not one of ours
  std::string content(size > most ? 0 : size, '\0');
  if (!read_all(fd->get(), content)) return system_error("cannot read", path, errno);
  if (size > max_bytes) {
    content = shorten(content);
    if (content.size() > max_bytes) content.clear();
    std::string added = line(content);
    if (!added.empty()) content += added + '\n';
    return write_atomically(path, content, 0600);  // processes waiting for the lock notice the new file
  }
  std::string added = line(content);
  if (added.empty()) return {};
  if (!content.empty() && content.back() != '\n') added.insert(0, 1, '\n');
  added += '\n';
  return append(fd->get(), added) ? Result<void>() : unwritable("cannot write", path, errno);
}

}  // namespace cascade::files
