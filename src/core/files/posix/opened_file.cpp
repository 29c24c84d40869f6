#include "files/file_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "files/system_error.h"

namespace cascade::files {

Result<OpenedFile> OpenedFile::open(const std::string& path) {
  OpenedFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK), 0);
  if (file.file_ < 0) return system_error("cannot read", path, errno);
  struct stat info {};
  if (::fstat(file.file_, &info) != 0 || !S_ISREG(info.st_mode))
    return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  file.size_ = static_cast<std::uint64_t>(info.st_size);
  return file;
}

std::size_t OpenedFile::fill(std::uint64_t from, char* bytes, std::size_t size) const {
  std::size_t filled = 0;
  while (filled < size) {
    const ssize_t got = ::pread(file_, bytes + filled, size - filled, static_cast<off_t>(from + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  return filled;
}

OpenedFile::~OpenedFile() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace cascade::files
