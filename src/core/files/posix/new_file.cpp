#include "files/posix/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>

#include "files/posix/system.h"

namespace cascade::files {

// Writes with as few calls as possible: a file that grows by large writes gets large pages in the page cache, which
// are cheaper to map.
bool write_all(int fd, const std::vector<std::string_view>& pieces) {
  std::vector<iovec> left;
  for (const std::string_view piece : pieces)
    if (!piece.empty()) left.push_back({const_cast<char*>(piece.data()), piece.size()});
  for (std::size_t next = 0; next < left.size();) {
    const std::size_t count = std::min<std::size_t>(left.size() - next, IOV_MAX);
    const ssize_t written = ::writev(fd, &left[next], static_cast<int>(count));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    auto done = static_cast<std::size_t>(written);
    for (; next < left.size() && done >= left[next].iov_len; ++next) done -= left[next].iov_len;
    if (done == 0) continue;
    left[next].iov_base = static_cast<char*>(left[next].iov_base) + done;
    left[next].iov_len -= done;
  }
  return true;
}

// O_EXCL refuses a link that somebody planted.
int open_new(const std::string& path, unsigned mode) {
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  const int fd = ::open(path.c_str(), flags, mode);
  if (fd >= 0 || errno != EEXIST) return fd;
  ::unlink(path.c_str());
  return ::open(path.c_str(), flags, mode);
}

void set_modified(int fd, std::int64_t modified_ns) {
  const timespec times[2] = {{0, UTIME_OMIT}, {modified_ns / 1'000'000'000, modified_ns % 1'000'000'000}};
  ::futimens(fd, times);
}

bool seal_file(int fd, const Seal& seal) {
  if (seal.modified_ns == 0) return true;
  if (seal.to_disk && !system::flush_bytes(fd) && errno != EINVAL && errno != ENOTSUP) return false;
  set_modified(fd, seal.modified_ns);
  return true;
}

// Exchanges the two names if the file system can. Renaming over an existing file makes ext4 and others flush its bytes
// to the disk first, which takes longer than writing them.
bool take_name(const std::string& temporary, const std::string& path) {
  if (!system::exchange_names(temporary, path)) return std::rename(temporary.c_str(), path.c_str()) == 0;
  ::unlink(temporary.c_str());
  return true;
}

}  // namespace cascade::files
