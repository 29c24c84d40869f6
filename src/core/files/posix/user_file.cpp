// Changes a user's file in these steps: write a new file next to it with the same mode, owner and attributes, flush it
// to the disk, exchange the two names, then compare the old file with what was expected. If another program wrote in
// between, its bytes are now in the file we took out, and the names are exchanged back. A plain rename would overwrite
// them unseen. A file with several hard links cannot be exchanged without separating them, so it is written in place,
// on space reserved first.
#include "files/user_file.h"
#include "files/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "files/paths.h"
#include "files/posix/system.h"
#include "files/system_error.h"

namespace cascade::files {
namespace {

Error stale(const std::string& path) {
  return {ErrorCode::stale, "the file has changed in the meantime", path, "run the command again"};
}

bool write_at(int fd, std::string_view bytes, off_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += written;
  }
  return true;
}

// Whether the file holds exactly these bytes.
bool holds(int fd, std::string_view expected) {
  std::string block(std::size_t{64} << 10, '\0');
  off_t offset = 0;
  while (true) {
    const ssize_t count = ::pread(fd, block.data(), block.size(), offset);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) return expected.empty();
    const auto size = static_cast<std::size_t>(count);
    if (expected.substr(0, size) != std::string_view(block).substr(0, size)) return false;
    expected.remove_prefix(size);
    offset += count;
  }
}

// Writes the new file with the old one's owner and mode, and flushes it to the disk.
bool write_twin(int twin, int old, const struct stat& info, std::string_view bytes) {
  if (!write_at(twin, bytes, 0)) return false;
  // Only root may give a file away; for others the new file stays theirs.
  if (::fchown(twin, info.st_uid, info.st_gid) != 0) errno = 0;
  if (::fchmod(twin, info.st_mode & 07777) != 0) return false;
  system::copy_attributes(old, twin);
  return ::fsync(twin) == 0;
}

void bring_folder_to_disk(const std::string& path) {
  const Descriptor folder(::open(std::string(parent(path)).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) ::fsync(folder.get());
}

// 0: there is none.
ino_t inode_of(const std::string& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0 ? info.st_ino : 0;
}

// Our text is at `path`, and another program's newer text at `twin`: gives that one its name back. If the program
// wrote again meanwhile, the file taken out is newer still, and goes back the same way.
void give_back(const std::string& path, const std::string& twin, ino_t ours) {
  constexpr int most_exchanges = 100;  // each exchange beyond the first needs another write within microseconds
  for (int turn = 0; turn < most_exchanges; ++turn) {
    const ino_t newest = inode_of(twin);
    if (!system::exchange_names(twin, path) || inode_of(twin) == ours) return;
    ours = newest;
  }
}

// Gives the twin the file's name. The twin's own name is gone afterwards in any case.
Result<void> swap_in(const std::string& path, const std::string& twin, std::string_view before) {
  Result<void> result;
  const ino_t ours = inode_of(twin);
  if (system::exchange_names(twin, path)) {
    const Descriptor old(::open(twin.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (old.get() < 0 || !holds(old.get(), before)) {
      give_back(path, twin, ours);
      result = stale(path);
    }
    ::unlink(twin.c_str());
  } else if (std::rename(twin.c_str(), path.c_str()) != 0) {  // the file system cannot exchange names
    const int code = errno;
    ::unlink(twin.c_str());
    return unwritable("cannot write", path, code);
  }
  bring_folder_to_disk(path);
  return result;
}

// The process id keeps concurrent writers apart; a leftover of a killed process with the same id is removed.
std::string twin_of(const std::string& path) {
  std::string twin = path + "." + std::to_string(::getpid()) + ".new";
  ::unlink(twin.c_str());
  return twin;
}

int open_twin(const std::string& path, unsigned mode) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
}

Result<void> replace_by_twin(const std::string& path, int old, const struct stat& info, std::string_view before,
                             std::string_view after) {
  const std::string twin = twin_of(path);
  const Descriptor file(open_twin(twin, 0600));
  if (file.get() < 0) return unwritable("cannot write", path, errno);
  if (!write_twin(file.get(), old, info, after)) {
    const int code = errno;
    ::unlink(twin.c_str());
    return unwritable("cannot write", path, code);
  }
  return swap_in(path, twin, before);
}

Result<void> write_in_place(const std::string& path, std::string_view before, std::string_view after) {
  const Descriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() < 0) return unwritable("cannot write", path, errno);
  if (after.size() > before.size()) {
    const int code = system::reserve(file.get(), static_cast<off_t>(after.size()));
    if (code != 0) {
      const bool back = ::ftruncate(file.get(), static_cast<off_t>(before.size())) == 0;
      return unwritable("cannot write", path, back ? code : errno);
    }
  }
  if (write_at(file.get(), after, 0) && ::ftruncate(file.get(), static_cast<off_t>(after.size())) == 0 &&
      ::fsync(file.get()) == 0)
    return {};
  const int code = errno;
  if (write_at(file.get(), before, 0) && ::ftruncate(file.get(), static_cast<off_t>(before.size())) != 0)
    return unwritable("cannot write", path, errno);
  return unwritable("cannot write", path, code);
}

}  // namespace

Result<void> replace_user_file(const std::string& path, std::string_view before, std::string_view after) {
  const Descriptor old(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info {};
  if (old.get() < 0 || ::fstat(old.get(), &info) != 0) return unwritable("cannot write", path, errno);
  if (!holds(old.get(), before)) return stale(path);
  if ((info.st_mode & 0222) == 0)
    return Error{ErrorCode::unwritable, "the file is read-only", path, "chmod u+w, then run the command again"};
  if (info.st_nlink > 1) return write_in_place(path, before, after);
  return replace_by_twin(path, old.get(), info, before, after);
}

Result<void> write_user_file(const std::string& path, std::string_view bytes, unsigned mode) {
  const std::string twin = twin_of(path);
  const Descriptor file(open_twin(twin, mode));
  if (file.get() < 0) return unwritable("cannot write", path, errno);
  if (!write_at(file.get(), bytes, 0) || ::fsync(file.get()) != 0 || std::rename(twin.c_str(), path.c_str()) != 0) {
    const int code = errno;
    ::unlink(twin.c_str());
    return unwritable("cannot write", path, code);
  }
  bring_folder_to_disk(path);
  return {};
}

}  // namespace cascade::files
