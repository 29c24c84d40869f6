// The bytes go into a new file next to the old one, in few large writes, and the new file then takes the name.
// write_atomically() serves small files that several processes may write. write_sealed() serves the index: the time of
// change is set as a seal, and the two names are exchanged, because renaming over a file makes ext4 flush it first.
#include "files/atomic_write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/paths.h"
#include "files/posix/new_file.h"
#include "files/posix/stamp.h"
#include "files/posix/system.h"
#include "files/system_error.h"

namespace cascade::files {
namespace {

void make_room(int fd, const std::vector<std::string_view>& pieces) {
  constexpr std::size_t worth_a_call = 1 << 20;
  std::size_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  if (size >= worth_a_call) system::make_room(fd, static_cast<off_t>(size));
}

bool give_name(const std::string& temporary, const std::string& path) {
  return std::rename(temporary.c_str(), path.c_str()) == 0;
}

Result<void> write(const std::string& path, const std::string& temporary, const std::vector<std::string_view>& pieces,
                   unsigned mode, const Seal& seal, bool (*rename)(const std::string&, const std::string&)) {
  const int fd = open_new(temporary, mode);
  if (fd < 0) return unwritable("cannot write", path, errno);
  make_room(fd, pieces);
  const bool written = write_all(fd, pieces) && seal_file(fd, seal);
  const int code = errno;
  const bool closed = ::close(fd) == 0;
  if (!written || !closed) {
    const int failed = written ? errno : code;
    ::unlink(temporary.c_str());
    return unwritable("cannot write", path, failed);
  }
  if (!rename(temporary, path)) {
    const int failed = errno;
    ::unlink(temporary.c_str());
    return unwritable("cannot replace", path, failed);
  }
  return {};
}

bool is_folder(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

Result<void> write_atomically(const std::string& path, std::string_view bytes, unsigned mode) {
  // The process id keeps concurrent writers apart.
  return write(path, path + "." + std::to_string(::getpid()) + ".new", {bytes}, mode, {}, give_name);
}

Result<void> write_sealed(const std::string& path, const std::vector<std::string_view>& pieces, const Seal& seal,
                          unsigned mode) {
  return write(path, path + ".new", pieces, mode, seal, take_name);
}

void seal_again(const std::string& path, const Stamp& known, std::int64_t modified_ns) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  if (fd < 0) return;
  struct stat info {};
  if (::fstat(fd, &info) == 0 && stamp_of(info) == known) set_modified(fd, modified_ns);
  ::close(fd);
}

Result<void> remove_file(const std::string& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return unwritable("cannot remove", path, errno);
  return {};
}

void remove_empty_folder(const std::string& path) { static_cast<void>(::rmdir(path.c_str())); }

Result<void> make_directories(const std::string& path, unsigned mode) {
  const std::string whole = normalise(path);
  if (is_folder(whole)) return {};
  for (std::size_t end = whole.find('/', 1);; end = whole.find('/', end + 1)) {
    const std::string part = whole.substr(0, end);
    if (::mkdir(part.c_str(), mode) != 0 && errno != EEXIST && errno != EISDIR)
      return unwritable("cannot create folder", part, errno);
    if (end == std::string::npos) break;
  }
  if (!is_folder(whole)) return Error{ErrorCode::unwritable, "not a folder", path, ""};
  return {};
}

}  // namespace cascade::files
