// Folders are read by getdents64, because opendir() allocates and frees 32 kB of heap for each of them.
#include <dirent.h>
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "files/folder.h"
#include "files/posix/system.h"
#include "files/process.h"
#include "files/tree.h"

#if __has_include(<linux/openat2.h>) && defined(SYS_openat2)
#include <linux/openat2.h>
#endif

#include <cstdio>
#include <cstring>

#include "files/mapped_file.h"

namespace cascade::files::system {

bool exchange_names(const std::string& one, const std::string& other) {
  return ::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) == 0;
}

bool flush_bytes(int file) { return ::fdatasync(file) == 0; }

// Otherwise ext4 looks for space page by page during the copy, which takes two to three times as long. A file system
// without this call allocates as usual.
void make_room(int file, off_t size) { static_cast<void>(::fallocate(file, 0, 0, size)); }

int reserve(int file, off_t size) { return ::posix_fallocate(file, 0, size); }

void copy_attributes(int from, int to) {
  const ssize_t size = ::flistxattr(from, nullptr, 0);
  if (size <= 0) return;
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t listed = ::flistxattr(from, names.data(), names.size());
  if (listed <= 0) return;
  names.resize(static_cast<std::size_t>(listed));
  for (std::size_t begin = 0; begin < names.size();) {
    const char* name = names.data() + begin;
    begin = names.find('\0', begin) + 1;
    if (begin == 0) return;
    const ssize_t length = ::fgetxattr(from, name, nullptr, 0);
    if (length < 0) continue;
    std::string value(static_cast<std::size_t>(length), '\0');
    if (::fgetxattr(from, name, value.data(), value.size()) == length)
      ::fsetxattr(to, name, value.data(), value.size(), 0);
  }
}

namespace {

// Appends the entries that one getdents64(2) returned; false: the type of an entry cannot be determined (errno).
bool add_entries(int folder, const char* bytes, std::size_t size, std::vector<Entry>& entries) {
  for (std::size_t at = 0; at < size;) {
    const auto* const entry = reinterpret_cast<const dirent64*>(bytes + at);
    at += entry->d_reclen;
    if (!add_entry(folder, entry->d_name, entry->d_type, entries)) return false;
  }
  return true;
}

}  // namespace

bool list(int folder, std::vector<Entry>& entries) {
  alignas(dirent64) char room[32 * 1024];
  ssize_t got = 0;
  while ((got = ::getdents64(folder, room, sizeof room)) > 0)
    if (!add_entries(folder, room, static_cast<std::size_t>(got), entries)) return false;
  return got == 0;
}

// Since Linux 5.6.
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

bool open_pipe(int ends[2]) { return ::pipe2(ends, O_CLOEXEC) == 0; }

int close_others(posix_spawn_file_actions_t& actions, int first) {
  ::posix_spawn_file_actions_addclosefrom_np(&actions, first);
  return 0;
}

int open_stream_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }

int accept_caller(int listener) { return ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC); }

std::string error_name(int code) {
  const char* name = ::strerrorname_np(code);
  return name != nullptr ? name : "system error " + std::to_string(code);
}

}  // namespace cascade::files::system

namespace cascade::files {

bool is_on_network(const std::string& folder) noexcept {
  struct statfs found {};
  if (::statfs(folder.c_str(), &found) != 0) return false;
  // statfs(2) and linux/magic.h: NFS, SMB, CIFS, SMB2, 9P, Ceph, AFS, Coda, GFS2, OCFS2, Lustre, FUSE.
  constexpr std::array<std::uint32_t, 12> types = {0x6969,     0x517B,     0xFF534D42, 0xFE534D42,
                                                   0x01021997, 0x00C36400, 0x5346414F, 0x73757245,
                                                   0x01161970, 0x7461636F, 0x0BD00BD0, 0x65735546};
  return std::ranges::find(types, static_cast<std::uint32_t>(found.f_type)) != types.end();
}

std::string program_file() {
  std::string path(4096, '\0');
  const ssize_t length = readlink("/proc/self/exe", path.data(), path.size());
  path.resize(length > 0 && static_cast<std::size_t>(length) < path.size() ? static_cast<std::size_t>(length) : 0);
  if (!path.empty()) return path;
  // Without /proc: the path that started the program.
  const auto* started = reinterpret_cast<const char*>(getauxval(AT_EXECFN));  // NOLINT(performance-no-int-to-ptr)
  return started == nullptr ? path : DiskTree().real_path(started).value_or(path);
}

}  // namespace cascade::files
