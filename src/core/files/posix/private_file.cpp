#include "files/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/system_error.h"

namespace cascade::files {
namespace {

Error failed(ErrorCode code, std::string_view what, const std::string& path, int number) {
  Error error = system_error(what, path, number);
  error.code = code;
  return error;
}

}  // namespace

Result<void> make_private_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0) return failed(ErrorCode::unwritable, "cannot make", path, errno);
  ::close(fd);
  return {};
}

Result<std::string> read_head(const std::string& path, std::size_t bytes) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed(ErrorCode::unreadable, "cannot read", path, errno);
  std::string head(bytes, '\0');
  const ssize_t length = ::read(fd, head.data(), bytes);
  const int number = errno;
  ::close(fd);
  if (length < 0) return failed(ErrorCode::unreadable, "cannot read", path, number);
  head.resize(static_cast<std::size_t>(length));
  return head;
}

Result<void> move_file(const std::string& from, const std::string& to) {
  if (::access(to.c_str(), F_OK) == 0) return failed(ErrorCode::unwritable, "cannot move", to, EEXIST);
  if (::rename(from.c_str(), to.c_str()) != 0) return failed(ErrorCode::unwritable, "cannot move", from, errno);
  return {};
}

}  // namespace cascade::files
