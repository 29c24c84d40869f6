#include "files/file_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace cascade::files {

Result<std::string> read_tail(const std::string& path, std::uint64_t most) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return system_error("cannot read", path, errno);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode))
    return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  const auto size = static_cast<std::uint64_t>(info.st_size);
  std::string tail(std::min(size, most), '\0');
  std::size_t filled = 0;
  while (filled < tail.size()) {
    const ssize_t got =
        ::pread(fd.get(), tail.data() + filled, tail.size() - filled, static_cast<off_t>(size - tail.size() + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;  // it was cut meanwhile: what was read counts
    filled += static_cast<std::size_t>(got);
  }
  tail.resize(filled);
  return tail;
}

}  // namespace cascade::files
