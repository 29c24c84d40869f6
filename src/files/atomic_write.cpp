#include "files/atomic_write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/paths.h"
#include "files/system_error.h"

namespace cascade::files {
namespace {

Error unwritable(std::string_view what, const std::string& path, int code) {
  Error error = system_error(what, path, code);
  error.code = ErrorCode::unwritable;
  return error;
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(fd, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

// A new file; one of this name was left by a killed process. O_EXCL refuses a link that somebody planted.
int open_new(const std::string& path, unsigned mode) {
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  const int fd = ::open(path.c_str(), flags, mode);
  if (fd >= 0 || errno != EEXIST) return fd;
  ::unlink(path.c_str());
  return ::open(path.c_str(), flags, mode);
}

bool seal(int fd, std::int64_t modified_ns) {
  if (::fdatasync(fd) != 0 && errno != EINVAL && errno != ENOTSUP) return false;
  const timespec times[2] = {{0, UTIME_OMIT}, {modified_ns / 1'000'000'000, modified_ns % 1'000'000'000}};
  ::futimens(fd, times);  // where it fails, the file counts as not sealed and is checked when it is read
  return true;
}

Result<void> write(const std::string& path, const std::string& temporary, std::string_view bytes, unsigned mode,
                   const std::int64_t* modified_ns) {
  const int fd = open_new(temporary, mode);
  if (fd < 0) return unwritable("cannot write", path, errno);
  const bool written = write_all(fd, bytes) && (modified_ns == nullptr || seal(fd, *modified_ns));
  const int code = errno;
  const bool closed = ::close(fd) == 0;
  if (!written || !closed) {
    const int failed = written ? errno : code;
    ::unlink(temporary.c_str());
    return unwritable("cannot write", path, failed);
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    const int failed = errno;
    ::unlink(temporary.c_str());
    return unwritable("cannot replace", path, failed);
  }
  return {};
}

}  // namespace

Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  // The process id keeps concurrent writers apart.
  return write(path, path + "." + std::to_string(::getpid()) + ".new", bytes, mode, nullptr);
}

Result<void> write_sealed(const std::string& path, std::string_view bytes, std::int64_t modified_ns, unsigned mode) {
  return write(path, path + ".new", bytes, mode, &modified_ns);
}

Result<void> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return unwritable("cannot remove", path, errno);
  return {};
}

Result<void> make_directories(const std::string& path, unsigned mode) {
  const std::string whole = normalise(path);
  for (std::size_t end = whole.find('/', 1);; end = whole.find('/', end + 1)) {
    const std::string part = whole.substr(0, end);
    if (::mkdir(part.c_str(), mode) != 0 && errno != EEXIST && errno != EISDIR)
      return unwritable("cannot create folder", part, errno);
    if (end == std::string::npos) break;
  }
  struct stat info {};
  if (::stat(whole.c_str(), &info) != 0 || !S_ISDIR(info.st_mode))
    return Error{ErrorCode::unwritable, "not a folder", path, ""};
  return {};
}

}  // namespace cascade::files
