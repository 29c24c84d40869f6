#include "files/file_tail.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "files/descriptor.h"
#include "files/system_error.h"

namespace cascade::files {

namespace {

// `place`: of a file's size, where to begin.
template <typename Place>
Result<std::string> read_part(const std::string& path, std::uint64_t most, const Place& place) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return system_error("cannot read", path, errno);
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode))
    return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  const auto size = static_cast<std::uint64_t>(info.st_size);
  const std::uint64_t from = std::min(place(size), size);
  std::string part(std::min(size - from, most), '\0');
  std::size_t filled = 0;
  while (filled < part.size()) {
    const ssize_t got =
        ::pread(fd.get(), part.data() + filled, part.size() - filled, static_cast<off_t>(from + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;  // it was cut meanwhile: what was read counts
    filled += static_cast<std::size_t>(got);
  }
  part.resize(filled);
  return part;
}

}  // namespace

Result<std::string> read_tail(const std::string& path, std::uint64_t most) {
  return read_part(path, most, [&](std::uint64_t size) { return size - std::min(size, most); });
}

Result<std::string> read_from(const std::string& path, std::uint64_t from, std::uint64_t most) {
  return read_part(path, most, [&](std::uint64_t) { return from; });
}

}  // namespace cascade::files
