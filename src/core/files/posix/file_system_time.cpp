#include "files/file_system_time.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "files/posix/stamp.h"
#include "files/system_error.h"

namespace cascade::files {

Result<std::int64_t> file_system_time(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    Error error = system_error("cannot write", path, errno);
    error.code = ErrorCode::unwritable;
    return error;
  }
  struct stat info {};
  const bool good = ::write(fd, "x", 1) == 1 && ::fstat(fd, &info) == 0;
  ::close(fd);
  if (!good) return Error{ErrorCode::unwritable, "cannot read the file system's clock", path, ""};
  return stamp_of(info).modified_ns;
}

}  // namespace cascade::files
