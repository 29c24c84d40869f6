// The tree on disk. Three things are done in a particular way. A stamp comes from the open file or folder, so it
// belongs to the bytes that were read and not to what the path names a moment later. read_below() lets the kernel
// refuse a link that leads out of the root while it opens the file; only where the kernel cannot do that are paths
// resolved and compared first. Folders are read by getdents64, because opendir() allocates for each of them.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#if __has_include(<linux/openat2.h>) && defined(SYS_openat2)
#include <linux/openat2.h>
#endif

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "files/descriptor.h"
#include "files/paths.h"
#include "files/stamp.h"
#include "files/system_error.h"
#include "files/tree.h"

namespace cascade::files {
namespace {

EntryType type_of(unsigned char type) {
  switch (type) {
    case DT_REG: return EntryType::file;
    case DT_DIR: return EntryType::directory;
    case DT_LNK: return EntryType::link;
    default: return EntryType::other;
  }
}

EntryType type_of_mode(mode_t mode) {
  if (S_ISREG(mode)) return EntryType::file;
  if (S_ISDIR(mode)) return EntryType::directory;
  if (S_ISLNK(mode)) return EntryType::link;
  return EntryType::other;
}

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

Result<std::string> read_whole(int fd, const std::string& path, std::uint64_t max_bytes) {
  struct stat info {};
  return read_whole(fd, path, max_bytes, info);
}

// Appends the entries that one getdents64(2) returned; false: the type of an entry cannot be determined (errno).
bool add_entries(int folder, const char* bytes, std::size_t size, std::vector<Entry>& entries) {
  for (std::size_t at = 0; at < size;) {
    const auto* const entry = reinterpret_cast<const dirent64*>(bytes + at);
    at += entry->d_reclen;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    EntryType type = type_of(entry->d_type);
    if (entry->d_type == DT_UNKNOWN) {  // some file systems do not report the type
      struct stat info {};
      if (::fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0)
        type = type_of_mode(info.st_mode);
      else if (errno != ENOENT)
        return false;
    }
    entries.push_back({std::string(name), type});
  }
  return true;
}

// Opens in one call, if the kernel can ensure that no link leads out of `root` (Linux 5.6). -1: it cannot, or the file
// does not exist. A link to an absolute path is refused too, wherever it leads.
int open_below(const std::string& root, const std::string& path) {
#ifdef RESOLVE_BENEATH
  const Descriptor folder(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return -1;
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  how.resolve = RESOLVE_BENEATH;
  return static_cast<int>(::syscall(SYS_openat2, folder.get(), path.c_str(), &how, sizeof how));
#else
  return -1;
#endif
}

}  // namespace

Result<std::optional<std::string>> Tree::read_if_there(const std::string& path, std::uint64_t max_bytes) const {
  auto text = read(path, max_bytes);
  if (text) return std::optional<std::string>(*std::move(text));
  if (text.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return text.error();
}

Result<std::vector<Entry>> Tree::list(const std::string& directory) const {
  auto listing = list_stamped(directory);
  if (!listing) return listing.error();
  return std::move(listing->entries);
}

Result<std::string> Tree::read_own(const std::string& folder, std::string_view name, std::uint64_t max_bytes) const {
  const std::string path = join(folder, name);
  if (const auto there = stat(path); !there) return there.error();  // usually missing: one look is enough
  const auto real = real_path(path), real_folder = real_path(folder);
  if (!real) return real.error();
  if (!real_folder) return real_folder.error();
  if (!is_within(*real_folder, *real) || file_name(*real) != name)
    return Error{ErrorCode::unreadable, "the link leads to another file, not followed", path,
                 "put the file itself there"};
  return read(*real, max_bytes);
}

Result<std::string> DiskTree::read(const std::string& path, std::uint64_t max_bytes) const {
  // O_NONBLOCK: a named pipe in a library must not block us.
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0) return system_error("cannot open", path, errno);
  return read_whole(fd.get(), path, max_bytes);
}

Result<std::string> DiskTree::read_below(const std::string& root, const std::string& path,
                                         std::uint64_t max_bytes) const {
  const std::string absolute = join(root, path);
  const Descriptor fd(open_below(root, path));
  if (fd.get() >= 0) return read_whole(fd.get(), absolute, max_bytes);
  auto real = real_path(absolute);
  if (!real) return real.error();
  if (is_absolute(path) || !is_within(root, *real))
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

// Uses system calls directly: opendir() allocates and frees 32 kB of heap for each folder.
Result<Listing> DiskTree::list_stamped(const std::string& directory) const {
  const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK));
  struct stat info {};
  if (fd.get() < 0 || ::fstat(fd.get(), &info) != 0) return system_error("cannot list", directory, errno);
  Listing listing;
  listing.stamp = stamp_of(info);
  alignas(dirent64) char room[32 * 1024];
  ssize_t got = 0;
  while ((got = ::getdents64(fd.get(), room, sizeof room)) > 0)
    if (!add_entries(fd.get(), room, static_cast<std::size_t>(got), listing.entries)) {
      got = -1;
      break;
    }
  if (got < 0) return system_error("cannot list", directory, errno);
  std::sort(listing.entries.begin(), listing.entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
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

}  // namespace cascade::files
