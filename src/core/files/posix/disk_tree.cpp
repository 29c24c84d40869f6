// The tree on disk. Two things are done in a particular way. A stamp comes from the open file or folder, so it belongs
// to the bytes that were read and not to what the path names a moment later. read_below() lets the kernel refuse a link
// that leads out of the root while it opens the file; only where the kernel cannot do that are paths resolved and
// compared first.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>
#include <utility>

#include "files/mapped_file.h"
#include "files/paths.h"
#include "files/posix/system.h"
#include "files/tree.h"

namespace cascade::files {
namespace {

// Reads at most the size of the moment of opening: a file that grows meanwhile is cut, and its stamp will tell.
Result<std::string> read_whole(int fd, const std::string& path, std::uint64_t max_bytes, struct stat& info) {
  if (::fstat(fd, &info) != 0) return system_error("cannot read", path, errno);
  if (!S_ISREG(info.st_mode)) return Error{ErrorCode::unreadable, "not a regular file", path, ""};
  if (static_cast<std::uint64_t>(info.st_size) > max_bytes)
    return Error{ErrorCode::unsupported, "larger than " + std::to_string(max_bytes) + " bytes", path, ""};
  std::string text(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = ::read(fd, text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error("cannot read", path, errno);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  return text;
}

}  // namespace

Result<std::string> DiskTree::read(const std::string& path, std::uint64_t max_bytes) const {
  // O_NONBLOCK: a named pipe in a library must not block us.
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return system_error("cannot open", path, errno);
  struct stat info {};
  return read_whole(fd.get(), path, max_bytes, info);
}

Result<std::string> DiskTree::read_below(const std::string& root, const std::string& path,
                                         std::uint64_t max_bytes) const {
  const std::string absolute = join(root, path);
  const Descriptor fd(system::open_below(root, path));
  struct stat info {};
  if (fd.get() >= 0) return read_whole(fd.get(), absolute, max_bytes, info);
  const auto real = real_path(absolute), real_root = real_path(root);  // on macOS, /tmp and /var are links
  if (!real) return real.error();
  if (is_absolute(path) || !real_root || !is_within(*real_root, *real))
    return Error{ErrorCode::unreadable, "lies outside the root", path, ""};
  return read(absolute, max_bytes);
}

Result<FileText> DiskTree::read_stamped(const std::string& path, std::uint64_t max_bytes) const {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return system_error("cannot open", path, errno);
  struct stat before {
  }, after{};
  auto text = read_whole(fd.get(), path, max_bytes, before);
  if (!text) return text.error();
  FileText file{std::move(*text), stamp_of(before), false};
  file.changed = ::fstat(fd.get(), &after) != 0 || !(stamp_of(after) == file.stamp);
  return file;
}

Result<Listing> DiskTree::list_stamped(const std::string& directory) const {
  const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (fd.get() < 0 || ::fstat(fd.get(), &info) != 0) return system_error("cannot list", directory, errno);
  Listing listing;
  listing.stamp = stamp_of(info);
  if (!system::list(fd.get(), listing.entries)) return system_error("cannot list", directory, errno);
  std::ranges::sort(listing.entries, [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return listing;
}

Result<Stamp> DiskTree::stat(const std::string& path) const {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return system_error("cannot look at", path, errno);
  return stamp_of(info);
}

Result<bool> DiskTree::is_own(const std::string& path) const {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return system_error("cannot look at", path, errno);
  return info.st_uid == ::geteuid();
}

Result<std::string> DiskTree::real_path(const std::string& path) const {
  const std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr), std::free);
  if (!resolved) return system_error("cannot resolve", path, errno);
  return std::string(resolved.get());
}

Result<std::string> DiskTree::link_target(const std::string& path) const {
  char target[PATH_MAX];
  const ssize_t length = ::readlink(path.c_str(), target, sizeof target);
  if (length < 0) return system_error("cannot read the link", path, errno);
  return std::string(target, static_cast<std::size_t>(length));
}

Result<std::int64_t> file_system_time(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return unwritable("cannot write", path, errno);
  struct stat info {};
  const bool good = ::write(fd, "x", 1) == 1 && ::fstat(fd, &info) == 0;
  ::close(fd);
  if (!good) return Error{ErrorCode::unwritable, "cannot read the file system's clock", path, ""};
  return stamp_of(info).modified_ns;
}

}  // namespace cascade::files
